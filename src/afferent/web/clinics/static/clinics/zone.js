// Takes the time zone from this device where none is chosen yet.
(() => {
  const list = document.querySelector("select[data-zone]");
  if (!list || list.value) return;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...list.options].some((one) => one.value === here)) list.value = here;
})();
