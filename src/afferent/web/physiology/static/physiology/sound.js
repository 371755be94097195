// Soft sounds, made on the spot: no file, no network. Nothing sounds before somebody has tapped or pressed a key.
//
// Ask here: `ready()` first, inside that tap; then `tick(turn)` for a stroke, `chime()` for a reminder, and
// `alarm(seconds)`, which sounds that much later, again and again, until it is stopped. The alarm is handed to the audio
// hardware beforehand, because a hidden page may be woken only once a minute.

const SOFT = 0.12;
const LOUD = 0.5;
const ROUND = 2; // seconds from one alarm call to the next

let context = null;

// Opens the sound, or wakes it. False where this browser has none.
export function ready() {
  if (!window.AudioContext) return false;
  context ??= new AudioContext();
  if (context.state !== "running") context.resume().catch(() => {});
  return true;
}

export function tick(turn = false) {
  if (context) note(turn ? 587 : 440, 0.09, SOFT);
}

export function chime() {
  if (!context) return;
  note(660, 0.5, SOFT * 2);
  note(880, 0.7, SOFT * 2, 0.25);
}

// Null where there is no sound. `now()` when the time has come, should the sound have slept; `stop()` ends it.
export function alarm(seconds) {
  if (!context) return null;
  let at = context.currentTime + Math.max(0, seconds);
  let source = call(at);
  return {
    now() {
      context.resume().catch(() => {});
      if (context.currentTime >= at - 0.5) return;
      source.stop();
      at = context.currentTime;
      source = call(at);
    },
    stop() {
      source.stop();
    },
  };
}

function note(frequency, seconds, loudness, later = 0) {
  const at = context.currentTime + later;
  const voice = context.createOscillator();
  const hull = context.createGain();
  voice.frequency.value = frequency;
  hull.gain.setValueAtTime(0, at);
  hull.gain.linearRampToValueAtTime(loudness, at + 0.008);
  hull.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  voice.connect(hull).connect(context.destination);
  voice.start(at);
  voice.stop(at + seconds);
}

// Three notes and a rest, round and round.
function call(at) {
  const rate = context.sampleRate;
  const buffer = context.createBuffer(1, ROUND * rate, rate);
  const wave = buffer.getChannelData(0);
  for (const [start, frequency] of [[0, 784], [0.3, 784], [0.6, 1047]]) {
    for (let n = 0; n < 0.25 * rate; n++) {
      const hull = Math.min(1, n / (0.01 * rate), (0.25 * rate - n) / (0.05 * rate));
      wave[Math.floor(start * rate) + n] = LOUD * hull * Math.sin((2 * Math.PI * frequency * n) / rate);
    }
  }
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.loop = true;
  source.connect(context.destination);
  source.start(at);
  return source;
}
