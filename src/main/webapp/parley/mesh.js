import { Announcement } from './announcement.js';
import { ParleyError } from './error.js';
import { Peer } from './peer.js';
import { origin } from './sections.js';

/** How long a newcomer has to make its offer before this side makes one, in milliseconds. */
const OFFER_PATIENCE = 3000;

/** Negative where one participant was there before another. */
const age = (one, other) => Date.parse(one.joinedAt) - Date.parse(other.joinedAt) || (one.id < other.id ? -1 : 1);

/**
 * A call in which everyone sends to everyone: one {@link Peer} per other participant of a
 * {@link Session}. Newcomers offer to those who were there before.
 *
 * Events, each with a participant's `id` in `detail` but for the last:
 * - `stream` {id, stream}: media of a participant arrives, or changes;
 * - `state` {id, state}: its RTCPeerConnection changed state;
 * - `gone` {id}: its connection is closed;
 * - `refused` {error}: the room's media does not travel in a mesh.
 */
export class MeshCall extends EventTarget {
  /** @type {Map<string, Peer>} */
  peers = new Map();

  #session;
  #media;
  #configuration;
  #steered;
  #resting = false;

  /**
   * @param {Session} session
   * @param {EventTarget & {audioTrack: ?MediaStreamTrack, videoTrack: ?MediaStreamTrack}} media what to
   *     send, usually a {@link LocalMedia}; it dispatches `changed` when a track is another one
   * @param {RTCConfiguration} [configuration] added to the server's iceServers, for example
   *     `{iceTransportPolicy: 'relay'}`
   * @param {object} [options]
   * @param {boolean} [options.steered] a {@link Call} says when to connect
   */
  constructor(session, media, configuration = {}, { steered = false } = {}) {
    super();
    this.#session = session;
    this.#media = media;
    this.#configuration = configuration;
    this.#steered = steered;
    if (!steered) new Announcement(session, media);
    const on = (type, handle) => session.addEventListener(type, ({ detail }) => handle(detail));
    on('joined', (message) => this.#joined(message));
    on('resumed', () => this.peers.forEach((peer) => peer.nudge()));
    on('participant-joined', ({ participant }) => this.#resting || this.#expect(participant.id));
    on('participant-left', ({ participant }) => this.drop(participant));
    on('offer', ({ from, sdp }) => this.#offered(from, sdp)?.describe('offer', sdp).catch(this.#report));
    on('answer', ({ from, sdp }) => this.peers.get(from)?.describe('answer', sdp).catch(this.#report));
    on('candidate', ({ from, candidate }) => (this.#resting ? this.peers.get(from) : this.#peer(from))
      ?.candidate(candidate));
    on('closed', () => [...this.peers.keys()].forEach((id) => this.drop(id)));
    media.addEventListener('changed', () => this.#refresh());
  }

  /**
   * Connects to everyone to whom no connection stands. Whoever was there before waits for the other's
   * offer.
   *
   * @param {boolean} [newcomer] everyone else was there before
   */
  connect(newcomer = false) {
    this.#resting = false;
    for (const [id, peer] of this.peers) {
      peer.repairs = true;
      if (peer.connection.connectionState !== 'connected') this.drop(id);
    }
    const { self, participants } = this.#session;
    for (const other of participants.values()) {
      if (this.peers.has(other.id)) continue;
      if (!newcomer && age(self, other) < 0) this.#expect(other.id);
      else this.#peer(other.id)?.start();
    }
  }

  /** Makes no connection any more and repairs none; those that stand go on. */
  rest() {
    this.#resting = true;
    for (const peer of this.peers.values()) peer.repairs = false;
  }

  /** Closes the connection to a participant. */
  drop(id) {
    this.peers.get(id)?.close();
    if (this.peers.delete(id)) this.#tell('gone', { id });
  }

  #joined({ room }) {
    for (const id of [...this.peers.keys()]) this.drop(id);
    if (this.#steered) return;
    if (room.effectiveTopology && room.effectiveTopology !== 'mesh') {
      const error = new ParleyError('topology-unsupported', `no ${room.effectiveTopology} in MeshCall`);
      this.#tell('refused', { error });
    } else {
      this.connect(true);
    }
  }

  /** An offer from another RTCPeerConnection than the one known: the other side has closed that. */
  #offered(from, sdp) {
    const known = this.peers.get(from);
    if (this.#resting) return known;
    const before = origin(known?.connection.remoteDescription?.sdp);
    if (before && before !== origin(sdp.sdp ?? sdp)) this.drop(from);
    return this.#peer(from);
  }

  /** The newcomer offers; a page that only ever answers gets an offer after a while. */
  #expect(id) {
    const peer = this.#peer(id);
    setTimeout(() => {
      if (peer && this.peers.get(id) === peer && !this.#resting) peer.start();
    }, OFFER_PATIENCE);
  }

  #peer(id) {
    const { kind = 'person' } = this.#session.participants.get(id) ?? { kind: 'none' };
    if (kind !== 'person') return undefined; // it left meanwhile, or is a machine that only knows the server
    let peer = this.peers.get(id);
    if (!peer) {
      peer = new Peer({
        configuration: { iceServers: this.#session.iceServers, ...this.#configuration },
        polite: this.#session.self.id < id,
        say: (type, members) => this.#session.send(type, { to: id, ...members }),
        media: this.#media,
      });
      peer.addEventListener('stream', ({ detail }) => this.#tell('stream', { id, stream: detail }));
      peer.addEventListener('state', ({ detail }) => this.#tell('state', { id, state: detail }));
      this.peers.set(id, peer);
    }
    return peer;
  }

  async #refresh() {
    for (const peer of this.peers.values()) await peer.refresh();
  }

  #report = (error) => console.warn('parley:', error.code ?? error.name, error.message);

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
