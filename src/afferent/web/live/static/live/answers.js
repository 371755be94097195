// How a face answers a touch: it sounds, it is felt, it is spoken. Nothing of it leaves the device.
//
// Ask here: `wake()` inside the first touch, `answer(kind)` and `speak(words)`. Each is silent where the device cannot.

const NOTES = { stop: [[392, 0], [262, 0.22]], good: [[660, 0]], ease: [[523, 0], [440, 0.16]], ask: [[660, 0], [880, 0.2]] };
const SHAKES = { stop: [500], good: [60], ease: [120, 80, 120], ask: [80, 60, 80] };

let context = null;

export function wake() {
  const Sound = window.AudioContext ?? window.webkitAudioContext; // the second in a Safari of years ago
  if (!Sound) return;
  context = context ?? new Sound();
  if (context.state !== "running") context.resume()?.catch(() => {});
}

export function answer(kind) {
  navigator.vibrate?.(SHAKES[kind]);
  if (context) for (const [frequency, later] of NOTES[kind]) note(frequency, later);
}

function note(frequency, later) {
  const at = context.currentTime + later;
  const voice = context.createOscillator();
  const hull = context.createGain();
  voice.frequency.value = frequency;
  hull.gain.setValueAtTime(0, at);
  hull.gain.linearRampToValueAtTime(0.35, at + 0.01);
  hull.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
  voice.connect(hull);
  hull.connect(context.destination);
  voice.start(at);
  voice.stop(at + 0.5);
}

// Only with a voice that lives in this device.
export function speak(words) {
  const speech = window.speechSynthesis;
  const voice = speech?.getVoices().find((one) => one.localService && one.lang.startsWith("en"));
  if (!voice) return;
  speech.cancel();
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.rate = 0.95;
  speech.speak(said);
}
