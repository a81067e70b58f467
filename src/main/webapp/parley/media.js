/** What a browser says when a device cannot be had, in the words of {@link LocalMedia#problems}. */
const PROBLEMS = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Which constraints a choice stands for: a device id, any device. */
const constraints = {
  audio: (device) => ({
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(device && { deviceId: { exact: device } }),
  }),
  video: (device) => ({
    width: { ideal: 1280 },
    height: { ideal: 720 },
    ...(device && { deviceId: { exact: device } }),
  }),
};

/** As it is played, and without what others say here: they hear themselves otherwise. */
const SCREEN_AUDIO = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  suppressLocalAudioPlayback: false,
  restrictOwnAudio: true,
};

/**
 * This page's microphone, camera and screen. A muted microphone stays open and sends silence; a
 * camera that is off is released, so that its light goes out.
 *
 * Event `changed`: a track, a switch or a problem is another one.
 */
export class LocalMedia extends EventTarget {
  /** Why a device could not be had: `denied`, `missing`, `busy`, `insecure`; null where all is well. */
  problems = { audio: null, video: null, screen: null };
  /** The chosen device ids; undefined: the browser's choice. */
  devices = { audio: undefined, video: undefined };

  #tracks = { audio: null, video: null, screen: null, sound: null };

  /** The track to send as audio, or null. */
  get audioTrack() {
    return this.#tracks.audio;
  }

  /** The track to send as video: the screen while it is shared, else the camera, or null. */
  get videoTrack() {
    return this.#tracks.screen ?? this.#tracks.video;
  }

  /** The camera's track, or null. */
  get cameraTrack() {
    return this.#tracks.video;
  }

  /** The track of the shared screen, or null. */
  get screenTrack() {
    return this.#tracks.screen;
  }

  /** The track of what the shared screen plays, or null: browsers give it for some screens only. */
  get screenAudioTrack() {
    return this.#tracks.sound;
  }

  get audioOn() {
    return Boolean(this.#tracks.audio?.enabled);
  }

  get videoOn() {
    return Boolean(this.#tracks.video);
  }

  get screenOn() {
    return Boolean(this.#tracks.screen);
  }

  /**
   * Opens microphone and camera together, so that people are asked once; what cannot be had is noted
   * in {@link LocalMedia#problems} and the rest works.
   *
   * @param {{audio?: boolean, video?: boolean}} wanted
   */
  async open({ audio = true, video = true } = {}) {
    const kinds = [audio && 'audio', video && 'video'].filter(Boolean);
    if (kinds.length === 2 && (await this.#acquire(kinds))) return this.#changed();
    for (const kind of kinds) await this.#acquire([kind]);
    return this.#changed();
  }

  /** Turns the microphone on or off. @param {boolean} on */
  async setAudio(on) {
    if (this.#tracks.audio) this.#tracks.audio.enabled = on;
    else if (on) await this.#acquire(['audio']);
    this.#changed();
  }

  /** Turns the camera on or off. @param {boolean} on */
  async setVideo(on) {
    if (on && !this.#tracks.video) await this.#acquire(['video']);
    else if (!on) this.#release('video');
    this.#changed();
  }

  /** Uses another device. @param {'audio'|'video'} kind @param {string} device its id */
  async choose(kind, device) {
    this.devices[kind] = device || undefined;
    const on = kind === 'audio' ? this.audioOn : this.videoOn;
    this.#release(kind);
    if (on || kind === 'audio') await this.#acquire([kind]);
    if (this.#tracks[kind]) this.#tracks[kind].enabled = on || kind === 'video';
    this.#changed();
  }

  /** Shares the screen, and what it plays, until it is stopped here or by the browser's own button. */
  async shareScreen() {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: SCREEN_AUDIO });
      const [sound] = stream.getAudioTracks();
      if (sound) this.#hold('sound', sound);
      else this.#release('sound');
      this.#hold('screen', stream.getVideoTracks()[0]);
    } catch (error) {
      this.problems.screen = PROBLEMS[error.name] ?? 'missing';
    }
    this.#changed();
  }

  stopScreen() {
    this.#release('screen');
    this.#release('sound');
    this.#changed();
  }

  /** Shares the screen on, without what it plays. */
  stopScreenAudio() {
    this.#release('sound');
    this.#changed();
  }

  /** What can be chosen; names are empty until permission was given. @returns {Promise<MediaDeviceInfo[]>} */
  async choices() {
    return (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  }

  /** Releases everything. */
  close() {
    for (const kind of Object.keys(this.#tracks)) this.#release(kind);
    this.#changed();
  }

  async #acquire(kinds) {
    try {
      if (!navigator.mediaDevices) throw Object.assign(new Error(), { name: 'Insecure' });
      const wanted = kinds.map((kind) => [kind, constraints[kind](this.devices[kind])]);
      const stream = await navigator.mediaDevices.getUserMedia(Object.fromEntries(wanted));
      for (const track of stream.getTracks()) this.#hold(track.kind, track);
      return true;
    } catch (error) {
      const problem = error.name === 'Insecure' ? 'insecure' : PROBLEMS[error.name] ?? 'busy';
      for (const kind of kinds) this.problems[kind] = problem;
      return false;
    }
  }

  #hold(kind, track) {
    this.#release(kind);
    this.#tracks[kind] = track;
    if (kind in this.problems) this.problems[kind] = null;
    track.onended = () => {
      this.#tracks[kind] = null;
      if (kind === 'screen') this.#release('sound');
      else if (kind !== 'sound') this.problems[kind] = 'missing'; // unplugged
      this.#changed();
    };
  }

  #release(kind) {
    const track = this.#tracks[kind];
    this.#tracks[kind] = null;
    if (track) track.onended = null;
    track?.stop();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
