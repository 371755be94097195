// Copies the field beside the button, and says so.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      document.getElementById("copied").textContent = "Copied.";
    } catch {
      document.getElementById("copied").textContent = "It is marked: copy it with your keyboard or your finger.";
    }
  });
}
