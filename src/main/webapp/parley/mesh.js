import { ParleyError } from './error.js';
import { Peer } from './peer.js';

/** How long a newcomer has to make its offer before this side makes one, in milliseconds. */
const OFFER_PATIENCE = 3000;

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
  #said = {};

  /**
   * @param {Session} session
   * @param {EventTarget & {audioTrack: ?MediaStreamTrack, videoTrack: ?MediaStreamTrack}} media what to
   *     send, usually a {@link LocalMedia}; it dispatches `changed` when a track is another one
   * @param {RTCConfiguration} [configuration] added to the server's iceServers, for example
   *     `{iceTransportPolicy: 'relay'}`
   */
  constructor(session, media, configuration = {}) {
    super();
    this.#session = session;
    this.#media = media;
    this.#configuration = configuration;
    const on = (type, handle) => session.addEventListener(type, ({ detail }) => handle(detail));
    on('joined', (message) => this.#joined(message));
    on('resumed', () => this.peers.forEach((peer) => peer.nudge()));
    on('participant-joined', ({ participant }) => this.#expect(participant.id));
    on('participant-left', ({ participant }) => this.#drop(participant));
    on('offer', ({ from, sdp }) => this.#peer(from)?.describe('offer', sdp).catch(this.#report));
    on('answer', ({ from, sdp }) => this.peers.get(from)?.describe('answer', sdp).catch(this.#report));
    on('candidate', ({ from, candidate }) => this.#peer(from)?.candidate(candidate));
    on('closed', () => this.#clear());
    media.addEventListener('changed', () => this.#refresh());
  }

  #joined({ participants, room }) {
    this.#clear();
    if (room.effectiveTopology && room.effectiveTopology !== 'mesh') {
      const error = new ParleyError('topology-unsupported', `no ${room.effectiveTopology} in MeshCall`);
      return this.#tell('refused', { error });
    }
    const { audio, video, screen } = this.#session.self;
    this.#said = { audio, video, screen };
    for (const { id } of participants) this.#peer(id).start();
    return this.#refresh();
  }

  /** The newcomer offers; a page that only ever answers gets an offer after a while. */
  #expect(id) {
    const peer = this.#peer(id);
    setTimeout(() => peer && this.peers.get(id) === peer && peer.start(), OFFER_PATIENCE);
  }

  #peer(id) {
    if (!this.#session.participants.has(id)) return undefined; // it left meanwhile
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
    const { audioOn, videoOn, screenOn } = this.#media;
    const now = { audio: audioOn, video: videoOn, screen: screenOn };
    const changes = Object.fromEntries(
      Object.entries(now).filter(([key, on]) => on !== undefined && on !== Boolean(this.#said[key])));
    if (this.#session.state !== 'joined' || !Object.keys(changes).length) return;
    Object.assign(this.#said, changes);
    await this.#session.update(changes).catch(this.#report);
  }

  #drop(id) {
    this.peers.get(id)?.close();
    if (this.peers.delete(id)) this.#tell('gone', { id });
  }

  #clear() {
    for (const id of [...this.peers.keys()]) this.#drop(id);
  }

  #report = (error) => console.warn('parley:', error.code ?? error.name, error.message);

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
