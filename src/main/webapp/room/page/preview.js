import { $, icon, make } from '../../page/elements.js';
import { DEVICE_WORDS } from '../../page/words.js';

/** Paints a button that switches a device: its word says what a click does. */
export function paint(button, kind, on) {
  const [name, word] = {
    audio: [on ? 'mic' : 'mic-off', on ? 'Mute' : 'Unmute'],
    video: [on ? 'camera' : 'camera-off', on ? 'Camera off' : 'Camera on'],
  }[kind];
  button.dataset.on = on;
  button.replaceChildren(icon(name), make('span', {}, word));
}

/** The look into the mirror before a meeting: shows the camera, offers the devices, says what is missing. */
export class Preview {
  #media;
  #asking = true;

  /** @param {import('../../parley.js').LocalMedia} media */
  constructor(media) {
    this.#media = media;
    $('preview-mic').onclick = () => media.setAudio(!media.audioOn);
    $('preview-camera').onclick = () => media.setVideo(!media.videoOn);
    $('microphone').onchange = ({ target }) => media.choose('audio', target.value);
    $('camera-choice').onchange = ({ target }) => media.choose('video', target.value);
    media.addEventListener('changed', () => this.#show());
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#offer());
    this.#show();
  }

  /** Asks for the devices; nobody has to wait for it. */
  async open() {
    await this.#media.open();
    this.#asking = false;
    this.#show();
    await this.#offer();
  }

  #show() {
    const { audioOn, videoOn, videoTrack, problems } = this.#media;
    paint($('preview-mic'), 'audio', audioOn);
    paint($('preview-camera'), 'video', videoOn);
    const mirror = $('mirror');
    mirror.hidden = !videoOn;
    if (mirror.srcObject?.getTracks()[0] !== videoTrack) {
      mirror.srcObject = videoTrack ? new MediaStream([videoTrack]) : null;
    }
    $('mirror-word').hidden = videoOn;
    $('mirror-word').textContent = this.#asking
      ? 'Asking for your camera and microphone…'
      : 'Your camera is off. Others will see your name.';
    const { audio, video } = this.#asking ? {} : problems;
    const word =
      audio && audio === video
        ? DEVICE_WORDS.both[audio]
        : [DEVICE_WORDS.audio[audio], DEVICE_WORDS.video[video]].filter(Boolean).join(' ');
    $('device-word').hidden = !word;
    $('device-word').textContent = word;
  }

  async #offer() {
    const choices = await this.#media.choices();
    const lists = { audioinput: ['microphone', 'audio'], videoinput: ['camera-choice', 'video'] };
    for (const [type, [id, kind]] of Object.entries(lists)) {
      const named = choices.filter((one) => one.kind === type && one.label);
      const options = named.map((one) => make('option', { value: one.deviceId }, one.label));
      $(id).replaceChildren(...options);
      const track = kind === 'audio' ? this.#media.audioTrack : this.#media.videoTrack;
      const using = track?.getSettings().deviceId ?? this.#media.devices[kind];
      if (named.some((one) => one.deviceId === using)) $(id).value = using;
      $(`${kind === 'audio' ? 'microphone' : 'camera'}-field`).hidden = !named.length;
    }
  }
}
