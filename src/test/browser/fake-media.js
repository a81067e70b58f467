// A camera and a microphone that are drawn: a colour and a number that grows, and a tone.
export class FakeMedia extends EventTarget {
  audioTrack = null;
  cameraTrack = null;
  screenTrack = null;
  screenAudioTrack = null;

  constructor(colour, { audio = true, video = true, tone = 300 } = {}) {
    super();
    if (video) this.cameraTrack = picture(colour);
    if (audio) this.audioTrack = sound(tone);
  }

  get videoTrack() {
    return this.screenTrack ?? this.cameraTrack;
  }

  get audioOn() {
    return Boolean(this.audioTrack?.enabled);
  }

  get videoOn() {
    return Boolean(this.cameraTrack);
  }

  get screenOn() {
    return Boolean(this.screenTrack);
  }

  changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }

  /** Shares a screen, and a tone with it where there is one; null: no more. */
  share(colour, tone) {
    this.screenTrack = colour ? picture(colour, 640, 360) : null;
    this.screenAudioTrack = tone ? sound(tone) : null;
    this.changed();
  }
}

export function picture(colour, width = 320, height = 180) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  let count = 0;
  const draw = () => {
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#fff';
    context.font = `${height / 4}px sans-serif`;
    context.fillText(String(count++), 10, height / 3);
  };
  draw();
  setInterval(draw, 66);
  return canvas.captureStream(15).getVideoTracks()[0];
}

let audio;
export function sound(frequency) {
  audio ??= new AudioContext();
  audio.resume();
  const [oscillator, gain, out] = [audio.createOscillator(), audio.createGain(), audio.createMediaStreamDestination()];
  oscillator.frequency.value = frequency;
  gain.gain.value = 0.2;
  oscillator.connect(gain).connect(out);
  oscillator.start();
  return out.stream.getAudioTracks()[0];
}
