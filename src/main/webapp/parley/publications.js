import { ENCODINGS, replace, send } from './encodings.js';

/**
 * What is published, in the words of signaling.md; how to get it from `media`, whether it is quiet, and
 * whether each time is another one.
 */
const SOURCES = {
  microphone: { track: (media) => media.audioTrack, quiet: (track) => !track?.enabled },
  camera: {
    track: (media) => (media.cameraTrack === undefined ? media.videoTrack : media.cameraTrack),
    quiet: (track) => !track,
  },
  screen: { track: (media) => media.screenTrack, quiet: () => false, passing: true },
  'screen-audio': { track: (media) => media.screenAudioTrack, quiet: () => false, passing: true },
};

/**
 * What one connection sends: a transceiver per source. A microphone or a camera that was once on
 * keeps its section, so that switching it needs no negotiation; a screen that is no longer shared
 * is taken back, with its sound.
 */
export class Publications {
  #connection;
  #media;
  #encodings;
  #denied;
  #protect;
  #slots = new Map(); // source → transceiver
  #accepted = new Set();

  /**
   * @param {RTCPeerConnection} connection
   * @param {object} media what to send, as {@link MeshCall} has it
   * @param {Object<string, RTCRtpEncodingParameters[]>} encodings by source; absent: {@link ENCODINGS}
   * @param {Set<string>} denied sources that the server does not take
   * @param {?(transceiver: RTCRtpTransceiver) => void} protect has what is sent encrypted from end to end
   */
  constructor(connection, media, encodings, denied, protect = null) {
    this.#connection = connection;
    this.#media = media;
    this.#encodings = { ...ENCODINGS, ...encodings };
    this.#denied = denied;
    this.#protect = protect;
  }

  /** Sends what `media` holds now. */
  async refresh() {
    for (const [source, { track: of, passing }] of Object.entries(SOURCES)) {
      const track = of(this.#media) ?? null;
      if (!track && passing) this.#denied.delete(source); // another try is another screen
      const wanted = this.#denied.has(source) ? null : track;
      if (source === 'screen' && wanted && !wanted.contentHint) wanted.contentHint = 'detail'; // letters are to be read
      const slot = this.#slots.get(source);
      if (!slot && wanted) {
        const made = send(this.#connection, wanted, this.#encodings[source]);
        this.#slots.set(source, made);
        this.#protect?.(made);
      } else if (slot && slot.sender.track !== wanted) {
        await replace(slot.sender, wanted, this.#encodings[source]);
        if (passing) slot.direction = wanted ? 'sendonly' : 'inactive';
      }
    }
    // the server's end opens with an offer, and an offer needs a section
    if (!this.#connection.getTransceivers().length) {
      this.#connection.addTransceiver('audio', { direction: 'recvonly' });
    }
  }

  /** What an offer says of its tracks: mid → {source, muted, encrypted}. */
  named() {
    return Object.fromEntries(
      this.sources().map((source) => {
        const { mid } = this.#slots.get(source);
        return [mid, { source, muted: this.quiet(source), encrypted: this.#protect ? true : undefined }];
      }));
  }

  /** The sources that are sent or offered now. @returns {string[]} */
  sources() {
    return [...this.#slots].filter(([, { direction, mid }]) => direction === 'sendonly' && mid !== null)
      .map(([source]) => source);
  }

  /** Whether a source has nothing to be seen or heard at the moment; undefined: it is not sent. */
  quiet(source) {
    if (!this.#slots.has(source)) return undefined;
    const { track, quiet } = SOURCES[source];
    return quiet(track(this.#media));
  }

  /** The server took what was offered. */
  accept() {
    this.#accepted = new Set(this.sources());
  }

  /** Those of the sources that the server never took. */
  fresh() {
    return [...this.#slots.keys()].filter((source) => !this.#accepted.has(source));
  }

  /** Takes sources back for good. */
  withdraw(sources) {
    for (const source of sources) {
      this.#denied.add(source);
      this.#slots.get(source)?.stop();
      this.#slots.delete(source);
    }
  }
}
