import { Announcement } from './announcement.js';
import { Levels } from './levels.js';
import { MeshCall } from './mesh.js';
import { SfuCall } from './sfu.js';
import { Shown } from './shown.js';

/** How long a connection to a participant goes on after all of it comes from the server, in milliseconds. */
const LINGER = 5000;

/** How long a connection to a participant may be broken before the server is asked to carry media. */
const BROKEN = 8000;

/**
 * A call, whichever way its media travels: from peer to peer, or through the server; the server
 * says which, and the switch between them is seamless. A page shows each participant's one stream
 * and need not know.
 *
 * Events:
 * - `stream` {id, stream}: media of a participant arrives, or changes; the stream stays the same one;
 * - `state` {id, state}: the connection that brings a participant changed state;
 * - `gone` {id}: a participant left;
 * - `topology` {mode}: media takes another way from now on, `mesh` or `sfu`;
 * - `connection` {state, error}: the connection to the server changed state, see {@link SfuCall#state};
 * - `refused` {error, sources}: the server does not take what is sent, see {@link SfuCall};
 * - `streamstate` {id, track, source, paused, reason}: a participant's track is held back, or flows again;
 *   `reason` as {@link SfuCall#held} has it;
 * - `load` {step}: what the server does without because it has too much to do, see {@link SfuCall#load};
 * - `quality` {id, quality, score}: how good a participant's connection to the server is by now, see
 *   {@link SfuCall};
 * - `speakers` {speakers}: who speaks, a list of {participant, level}, the loudest first.
 */
export class Call extends EventTarget {
  /** How media travels. @type {'mesh'|'sfu'} */
  mode = 'mesh';
  /** @type {MeshCall} */
  mesh;
  /** @type {SfuCall} */
  sfu;

  #session;
  #media;
  #shown = new Map(); // participant id → Shown
  #states = new Map(); // participant id → state last told
  #levels = new Levels();
  #leaving = new Map(); // participant id → timer: its connection goes
  #direct = true; // whether peer to peer will do
  #wish = 'auto';

  /**
   * @param {Session} session
   * @param {EventTarget} media what to send, usually a {@link LocalMedia}
   * @param {object} [options]
   * @param {RTCConfiguration} [options.configuration] added to the server's iceServers. With
   *     `{iceTransportPolicy: 'relay'}` the call goes through the server from the start
   * @param {Object<string, RTCRtpEncodingParameters[]>} [options.sendEncodings] how to encode for the
   *     server, by source (`microphone`, `camera`, `screen`); absent: the camera in three sizes
   * @param {object} [options.encryption] a {@link FrameEncryption}, or another one, for what goes through
   *     the server; what goes from peer to peer is encrypted from end to end anyway
   */
  constructor(session, media, { configuration = {}, sendEncodings, encryption } = {}) {
    super();
    this.#session = session;
    this.mesh = new MeshCall(session, media, configuration, { steered: true });
    this.sfu = new SfuCall(session, media, { configuration, sendEncodings, encryption, steered: true });
    new Announcement(session, media);
    this.#media = media;
    this.#direct = configuration.iceTransportPolicy !== 'relay';
    media.addEventListener('changed', () => this.#ask());
    this.#ask();
    const on = (type, handle) => session.addEventListener(type, ({ detail }) => handle(detail));
    on('joined', ({ room }) => this.#joined(room));
    on('topology', ({ mode }) => this.#turn(mode));
    on('participant-changed', ({ participant }) => this.#shown.get(participant.id)?.choose());
    on('participant-left', ({ participant }) => this.#forget(participant));
    on('closed', () => this.#clear());
    for (const way of ['mesh', 'sfu']) this.#follow(way, this[way]);
    this.sfu.addEventListener('connection', ({ detail }) => {
      this.#tell('connection', detail);
      this.#review();
    });
    this.sfu.addEventListener('refused', ({ detail }) => this.#tell('refused', detail));
    this.sfu.addEventListener('streamstate', ({ detail }) => this.#tell('streamstate', detail));
    this.sfu.addEventListener('load', ({ detail }) => this.#tell('load', detail));
    this.sfu.addEventListener('quality', ({ detail }) => this.mode === 'sfu' && this.#tell('quality', detail));
    this.sfu.addEventListener('speakers', ({ detail }) => this.mode === 'sfu' && this.#tell('speakers', detail));
  }

  /** The connections to other participants, while there are any. @type {Map<string, Peer>} */
  get peers() {
    return this.mesh.peers;
  }

  /** What is shown of a participant. @returns {?MediaStream} */
  stream(id) {
    return this.#shown.get(id)?.stream ?? null;
  }

  /**
   * An element of the page shows a participant: where media comes from the server, it is no more than
   * the element has room for. See {@link SfuCall#watch}.
   */
  watch(id, element, options) {
    this.sfu.watch(id, element, options);
  }

  /** An element shows nobody any more. @param {HTMLVideoElement} element */
  unwatch(element) {
    this.sfu.unwatch(element);
  }

  /** Whether the picture of a participant is held back. */
  paused(id) {
    return this.held(id) !== null;
  }

  /** Why the picture of a participant is held back, see {@link SfuCall#held}; null where it is not. */
  held(id) {
    return this.way(id) === 'sfu' ? this.sfu.held(id) : null;
  }

  /** How good a participant's connection to the server is; null where there is none. See {@link SfuCall#quality}. */
  quality(id) {
    return this.mode === 'sfu' ? this.sfu.quality(id) : null;
  }

  /** The way by which a participant's picture comes, or its sound where there is none. @returns {'mesh'|'sfu'|null} */
  way(id) {
    const shown = this.#shown.get(id);
    return shown?.way('video') ?? shown?.way('audio') ?? null;
  }

  /** A participant's tracks at the server: source → track of signaling.md. @returns {Map<string, object>} */
  tracks(id) {
    return new Map([...this.#session.tracks.values()].filter(({ participant }) => participant === id)
      .map((track) => [track.source, track]));
  }

  /** How the connection is that brings a participant. @returns {RTCPeerConnectionState} */
  state(id) {
    const mesh = this.mesh.peers.get(id)?.connection.connectionState ?? 'new';
    const server = this.sfu.connection?.connectionState ?? 'new';
    const [first, second] = this.mode === 'sfu' ? [server, mesh] : [mesh, server];
    return second === 'connected' && this.#shown.has(id) ? 'connected' : first;
  }

  #joined(room) {
    this.#clear();
    this.mode = room.effectiveTopology === 'sfu' ? 'sfu' : 'mesh';
    this.#steer(true);
  }

  #turn(mode) {
    if (mode === this.mode) return;
    this.mode = mode;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
    this.#steer();
    for (const shown of this.#shown.values()) shown.prefer(mode);
    this.#tell('topology', { mode });
    this.#review();
  }

  #steer(newcomer = false) {
    if (this.mode === 'sfu') {
      this.#levels.stop();
      this.mesh.rest();
      this.sfu.start();
    } else {
      this.sfu.retire();
      this.mesh.connect(newcomer);
      this.#levels.start(this.mesh, (speakers) => this.#tell('speakers', { speakers }));
    }
  }

  #follow(way, part) {
    part.addEventListener('stream', ({ detail }) => {
      if (!this.#session.participants.has(detail.id)) return;
      this.#show(detail.id).offer(way, detail.stream);
      this.#review();
    });
    part.addEventListener('gone', ({ detail }) => {
      this.#shown.get(detail.id)?.offer(way, null);
      this.#review();
    });
    part.addEventListener('state', ({ detail }) => {
      this.#review();
      if (way === 'mesh' && detail.state === 'failed') this.#broken(detail.id);
    });
  }

  #show(id) {
    let shown = this.#shown.get(id);
    if (!shown) {
      shown = new Shown(this.mode, (kind) => this.#quiet(id, kind));
      shown.addEventListener('changed', () => {
        this.#tell('stream', { id, stream: shown.stream });
        this.#review();
      });
      this.#shown.set(id, shown);
    }
    return shown;
  }

  /** Whether a participant says that there is nothing to hear or see of it. */
  #quiet(id, kind) {
    const { audio, video, screen } = this.#session.participants.get(id) ?? {};
    return kind === 'audio' ? audio === false : video === false && !screen;
  }

  /** Tells states that changed, and lets go of connections to those who come from the server. */
  #review() {
    for (const id of this.#session.participants.keys()) {
      const state = this.state(id);
      if (this.#states.get(id) !== state) {
        this.#states.set(id, state);
        this.#tell('state', { id, state });
      }
    }
    if (this.mode !== 'sfu' || this.sfu.state !== 'connected') return;
    for (const id of this.mesh.peers.keys()) {
      if (this.#leaving.has(id) || !(this.#shown.get(id)?.settled('sfu') ?? true)) continue;
      this.#leaving.set(id, setTimeout(() => {
        this.#leaving.delete(id);
        const settled = this.#shown.get(id)?.settled('sfu') ?? true;
        if (settled && this.sfu.state === 'connected') this.mesh.drop(id);
      }, LINGER));
    }
  }

  /** The mesh cannot reach a participant: the server is asked to carry the media. */
  #broken(id) {
    setTimeout(() => {
      const { connectionState } = this.mesh.peers.get(id)?.connection ?? {};
      const hopeless = this.mode === 'mesh' && connectionState && connectionState !== 'connected';
      if (!hopeless) return;
      this.#direct = false;
      this.#ask();
    }, BROKEN);
  }

  /** Asks for the server's way while it is needed: peer to peer has no room for what a screen plays. */
  #ask() {
    const wish = this.#direct && !this.#media.screenAudioTrack ? 'auto' : 'sfu';
    if (wish === this.#wish) return;
    this.#wish = wish;
    this.#session.update({ topology: wish }).catch((error) => console.warn('parley:', error.code));
  }

  #forget(id) {
    this.#shown.get(id)?.stream.getTracks().forEach((track) => this.#shown.get(id).stream.removeTrack(track));
    this.#shown.delete(id);
    this.#states.delete(id);
    clearTimeout(this.#leaving.get(id));
    this.#leaving.delete(id);
    this.#tell('gone', { id });
  }

  #clear() {
    this.#levels.stop();
    for (const id of [...this.#shown.keys()]) this.#forget(id);
    this.#states.clear();
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
