/** How long an offer waits for its answer before it is said again, in milliseconds. */
const ANSWER_PATIENCE = 5000;

/**
 * One RTCPeerConnection to one other participant, negotiated perfectly (W3C WebRTC, section 10.7):
 * both sides may offer at any time; where offers collide the polite side takes its own back.
 *
 * It sends one audio and one video track, which are swapped without negotiation. Events: `stream`
 * (a remote track has come) and `state` (the connection's state).
 */
export class Peer extends EventTarget {
  /** The other side's tracks. */
  stream = new MediaStream();
  /** @type {RTCPeerConnection} */
  connection;
  /** Whether a connection that failed is made good. */
  repairs = true;

  #polite;
  #say;
  #media;
  #making = false;
  #ignoring = false;
  #settling = false; // a remote answer is being applied
  #early = []; // candidates that came before any description
  #patience = 0;

  /**
   * @param {object} options
   * @param {RTCConfiguration} options.configuration
   * @param {boolean} options.polite whether this side gives way
   * @param {(type: string, members: object) => void} options.say sends to the other side
   * @param {{audioTrack: ?MediaStreamTrack, videoTrack: ?MediaStreamTrack}} options.media what to send
   */
  constructor({ configuration, polite, say, media }) {
    super();
    this.#polite = polite;
    this.#say = say;
    this.#media = media;
    const connection = (this.connection = new RTCPeerConnection(configuration));
    connection.onnegotiationneeded = () => this.#offer();
    connection.onicecandidate = ({ candidate }) => candidate && say('candidate', { candidate });
    connection.ontrack = ({ track }) => this.#arrived(track);
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'failed' && this.repairs) connection.restartIce();
      this.dispatchEvent(new CustomEvent('state', { detail: connection.connectionState }));
    };
  }

  /** Offers, unless the other side was first. */
  start() {
    if (this.connection.signalingState === 'closed' || this.connection.getTransceivers().length) return;
    const { audioTrack, videoTrack } = this.#media;
    this.connection.addTransceiver(audioTrack ?? 'audio', { direction: 'sendrecv' });
    this.connection.addTransceiver(videoTrack ?? 'video', { direction: 'sendrecv' });
  }

  /** Sends what `media` holds now. */
  async refresh() {
    const wanted = { audio: this.#media.audioTrack, video: this.#media.videoTrack };
    for (const kind of ['audio', 'video']) {
      const sender = this.#transceiver(kind)?.sender;
      if (sender && sender.track !== wanted[kind]) await sender.replaceTrack(wanted[kind] ?? null);
    }
  }

  /** After signaling was away: says again what may have been lost, repairs what broke meanwhile. */
  nudge() {
    const { connectionState, signalingState } = this.connection;
    if (signalingState === 'have-local-offer') this.#describe();
    else if (this.repairs && ['disconnected', 'failed'].includes(connectionState)) {
      this.connection.restartIce();
    }
  }

  /** Takes a description from the other side, as text or as a description object. */
  async describe(type, sdp) {
    const description = typeof sdp === 'string' ? { type, sdp } : sdp;
    const { connection } = this;
    const free = !this.#making && (connection.signalingState === 'stable' || this.#settling);
    this.#ignoring = type === 'offer' && !this.#polite && !free;
    if (this.#ignoring) return;
    if (type === 'answer' && connection.signalingState !== 'have-local-offer') return; // said twice
    this.#settling = type === 'answer';
    try {
      await connection.setRemoteDescription(description);
    } finally {
      this.#settling = false;
    }
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
    if (type === 'offer') {
      await this.#adopt();
      await connection.setLocalDescription();
      this.#describe();
    }
  }

  /** Takes a candidate from the other side. */
  async candidate(candidate) {
    if (this.#ignoring) return; // it belongs to an offer that was not taken
    if (this.connection.remoteDescription) await this.#add(candidate);
    else this.#early.push(candidate);
  }

  close() {
    clearTimeout(this.#patience);
    this.connection.close();
  }

  async #offer() {
    try {
      this.#making = true;
      await this.connection.setLocalDescription();
      if (this.connection.localDescription?.type === 'offer') this.#describe();
    } catch (error) {
      if (this.connection.signalingState !== 'closed') console.warn('parley: no offer', error);
    } finally {
      this.#making = false;
    }
  }

  /** Says the local description; an offer is said again until somebody answers. */
  #describe() {
    const { type, sdp } = this.connection.localDescription;
    this.#say(type, { sdp });
    clearTimeout(this.#patience);
    if (type === 'offer') {
      this.#patience = setTimeout(() => {
        if (this.connection.signalingState === 'have-local-offer') this.#describe();
      }, ANSWER_PATIENCE);
    }
  }

  /** Sends through the transceivers that the offer made; own ones that lost the race go. */
  async #adopt() {
    for (const transceiver of this.connection.getTransceivers()) {
      if (transceiver.mid === null) transceiver.stop();
      else if (transceiver === this.#transceiver(transceiver.receiver.track.kind)) {
        transceiver.direction = 'sendrecv';
      }
    }
    await this.refresh();
  }

  #transceiver(kind) {
    return this.connection
      .getTransceivers()
      .find((one) => one.receiver.track.kind === kind && one.direction !== 'stopped' && !one.stopped);
  }

  async #add(candidate) {
    try {
      await this.connection.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      console.warn('parley: candidate not taken', error.name); // without its address
    }
  }

  /** A video without a picture would keep an element from playing the sound: it waits for its first. */
  #arrived(track) {
    if (track.kind === 'video' && track.muted) {
      track.addEventListener('unmute', () => this.#take(track), { once: true });
    } else {
      this.#take(track);
    }
  }

  #take(track) {
    const older = this.stream.getTracks().filter((one) => one.kind === track.kind && one !== track);
    for (const one of older) this.stream.removeTrack(one);
    this.stream.addTrack(track);
    this.dispatchEvent(new CustomEvent('stream', { detail: this.stream }));
  }
}
