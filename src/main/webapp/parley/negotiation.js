import { ParleyError } from './error.js';

/** How long an offer waits after the socket came back before it is said again, in milliseconds. */
const REPEAT_AFTER = 2000;

/**
 * Offers and answers between one RTCPeerConnection and the server (signaling.md, "Media through the
 * server"). Both may offer at any time; where offers collide the server gives way, so an offer of
 * the server that comes while the own one is out is ignored: it comes anew. All steps are done one
 * after the other in the order in which they were asked for.
 *
 * Events: `arriving` {sdp}: the server's offer was applied, and media may come as soon as it is
 * answered; `described` {sdp}: the server's description was applied; `refused` {error}: the own offer
 * was refused and taken back; `broken` {error}: the connection cannot go on.
 */
export class Negotiation extends EventTarget {
  #connection;
  #session;
  #tracks;
  #numbers;
  #chain = Promise.resolve();
  #out = 0; // the number of the offer that waits for its answer
  #answer = null; // what was answered last
  #held = false;
  #ended = new AbortController();

  /**
   * @param {RTCPeerConnection} connection
   * @param {Session} session
   * @param {() => object} tracks what an offer says of the tracks it sends, by mid
   * @param {Iterator<number>} numbers of offers, rising over all connections of the session
   */
  constructor(connection, session, tracks, numbers) {
    super();
    this.#connection = connection;
    this.#session = session;
    this.#tracks = tracks;
    this.#numbers = numbers;
    const { signal } = this.#ended;
    const on = (type, handle) => session.addEventListener(type, ({ detail }) => handle(detail), { signal });
    on('offer', (offer) => offer.from === 'sfu' && this.#take(offer));
    on('answer', (answer) => answer.from === 'sfu' && this.#answered(answer));
    on('resumed', () => this.#again());
    connection.addEventListener('negotiationneeded', () => this.offer(), { signal });
  }

  /** Offers what the connection has now; while an offer is out or held, the browser asks again. */
  offer() {
    this.#do(async () => {
      if (this.#held || this.#out || this.#connection.signalingState !== 'stable') return;
      await this.#connection.setLocalDescription();
      if (this.#connection.signalingState !== 'have-local-offer') return;
      this.#out = this.#numbers.next().value;
      this.#say();
    });
  }

  /** The server refused the offer that is out, as the session learned by another way. */
  refuse(code) {
    if (this.#out) this.#refused(this.#out, new ParleyError(code));
  }

  /** Lets offers through again after a refusal. */
  resume() {
    this.#held = false;
    this.offer();
  }

  close() {
    this.#ended.abort();
  }

  #say() {
    const number = this.#out;
    const { sdp } = this.#connection.localDescription;
    this.#session.request('offer', { to: 'sfu', number, sdp, tracks: this.#tracks() }).then(
      (answer) => this.#answered(answer),
      (error) => {
        // of a lost socket the answer comes with the resume, of a closed session never
        if (error.code !== 'connection-lost' && error.code !== 'closed') this.#refused(number, error);
      });
  }

  #answered({ number, sdp }) {
    this.#do(async () => {
      if (!this.#out || number !== this.#out) return; // said twice, or to a connection before this one
      await this.#connection.setRemoteDescription({ type: 'answer', sdp });
      this.#out = 0;
      this.#tell('described', { sdp });
    });
  }

  #take({ number, sdp }) {
    this.#do(async () => {
      if (this.#out || this.#connection.signalingState !== 'stable') return; // the server gives way
      await this.#connection.setRemoteDescription({ type: 'offer', sdp });
      this.#tell('arriving', { sdp });
      await this.#connection.setLocalDescription();
      this.#answer = { to: 'sfu', number, sdp: this.#connection.localDescription.sdp };
      this.#session.send('answer', this.#answer);
      this.#tell('described', { sdp });
    });
  }

  #refused(number, error) {
    this.#do(async () => {
      if (number !== this.#out) return;
      this.#held = true; // else the browser wants to offer the same at once
      this.#out = 0;
      await this.#connection.setLocalDescription({ type: 'rollback' });
      this.#tell('refused', { error });
    });
  }

  /** What was said into a socket that was dying may not have arrived; said twice it does no harm. */
  #again() {
    const number = this.#out;
    if (this.#answer) this.#session.send('answer', this.#answer);
    if (!number) return;
    setTimeout(() => {
      if (this.#out === number && !this.#ended.signal.aborted) this.#say();
    }, REPEAT_AFTER);
  }

  #do(step) {
    this.#chain = this.#chain.then(async () => {
      if (this.#ended.signal.aborted) return;
      try {
        await step();
      } catch (error) {
        if (!this.#ended.signal.aborted) this.#tell('broken', { error });
      }
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
