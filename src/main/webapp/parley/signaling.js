import { heard, plain, said } from './data.js';
import { ParleyError, finalCode } from './error.js';
import { keep } from './roster.js';

/** Waits between attempts to reconnect, in milliseconds: doubling, with jitter, up to a ceiling. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/** Refusals on the way back in that another attempt may overcome. */
const PASSING = ['resume-failed', 'rate-limited', 'internal'];

const here = new URL('..', import.meta.url);

/**
 * One participant's conversation with the server, as signaling.md describes it. It outlives its
 * sockets: when one is lost the session reconnects and resumes, and where that is refused it joins
 * anew.
 *
 * Events: every notice of the protocol under its own type with the message as `detail` (`joined`,
 * `waiting`, `resumed`, `participant-joined`, `participant-changed`, `participant-left`, `knock`,
 * `knock-ended`, `offer`, `answer`, `candidate`, `mute`, `room`, `topology`, `media`, `speakers`,
 * `connection-quality`, `stream-state`, `load`, `subscribed-quality`, `track-published`, `track-changed`, `track-unpublished`, `track-subscribed`, `removed`, `error`), and
 * - `data` {participant, topic, direct, lossy, data}: another's application says something, see
 *   {@link Session#sendData}; `data` is a string or a Uint8Array, `participant` the id of who says it (null: the
 *   server), `direct` whether it is for those it names and not for all;
 * - `state`: `detail.state` is the new {@link Session#state};
 * - `closed`: it is over; `detail.error` is a {@link ParleyError}, or null after {@link Session#leave}.
 *
 * A second `joined` means that the session could not be resumed: all ids are new.
 */
export class Session extends EventTarget {
  /** @type {'new'|'connecting'|'waiting'|'joined'|'reconnecting'|'closed'} */
  state = 'new';
  /** This participant as the server describes it; null before `waiting` or `joined`. */
  self = null;
  /** The room's settings; null before `waiting` or `joined`. */
  room = null;
  /** The other participants by id. @type {Map<string, object>} */
  participants = new Map();
  /** Who waits in the lobby, by id; filled for moderators only. @type {Map<string, object>} */
  knocking = new Map();
  /** The tracks that travel through the server, by id. @type {Map<string, object>} */
  tracks = new Map();
  /** As in `RTCConfiguration.iceServers`; from the server. @type {RTCIceServer[]} */
  iceServers = [];
  limits = { maxMessageBytes: 65536, resumeSeconds: 30, heartbeatSeconds: 20, maxDataBytes: 245760 };
  /** The data channels to the server; null where there is no connection to it. Set by {@link SfuCall}. */
  channels = null;

  #options;
  #socket = null;
  #secret = null; // the session's secret while there is something to resume
  #seen = 0;
  #nextId = 1;
  #pending = new Map(); // id → [resolve, reject]
  #outbox = []; // what was said while no socket was there
  #refusal = null; // the error that goes before a close
  #joining = null; // [resolve, reject] of join()
  #inside = false; // joined, not in the lobby
  #attempt = 0;
  #retry = 0;
  #heartbeat = 0;
  #lastHeard = 0;

  /**
   * @param {object} options
   * @param {string} options.room the room's name
   * @param {string} [options.name] the name others see; a token's name wins over it
   * @param {string | (() => string | Promise<string>)} [options.token] an access token or what fetches
   *     one; a function is asked again when a lost session has to join anew
   * @param {boolean} [options.audio] whether the microphone is on
   * @param {boolean} [options.video] whether the camera is on
   * @param {*} [options.metadata] anything JSON can hold, shown to the others
   * @param {'sfu'} [options.topology] `sfu`: media must travel through the server
   * @param {string|URL} [options.url] the server's base address; default: where this module came from
   */
  constructor(options) {
    super();
    this.#options = { ...options };
  }

  /**
   * Joins the room.
   *
   * @returns {Promise<object>} the `joined` message; pending while waiting in the lobby
   * @throws {ParleyError} what the server refused, or `unreachable`
   */
  join() {
    if (this.state !== 'new') throw new ParleyError('already-joined');
    const joined = new Promise((resolve, reject) => (this.#joining = [resolve, reject]));
    this.#enter('connecting');
    this.#open();
    return joined;
  }

  /**
   * Sends a request that has no answer. While the socket is lost it is kept until the session resumed.
   *
   * @param {string} type
   * @param {object} [members]
   */
  send(type, members = {}) {
    if (this.state === 'closed' || this.state === 'new') return;
    const text = JSON.stringify({ type, ...members });
    if (this.state === 'reconnecting' || this.#socket?.readyState !== WebSocket.OPEN) {
      this.#outbox.push(text);
    } else {
      this.#socket.send(text);
    }
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param {string} type
   * @param {object} [members]
   * @returns {Promise<object>} the answer
   * @throws {ParleyError} the refusal
   */
  request(type, members = {}) {
    if (this.state === 'closed' || this.state === 'new') {
      return Promise.reject(new ParleyError('not-joined'));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, [resolve, reject]);
      this.send(type, { id, ...members });
    });
  }

  /**
   * Changes what others see of this participant.
   *
   * @param {{name?: string, audio?: boolean, video?: boolean, screen?: boolean, hand?: boolean,
   *     metadata?: *, topology?: 'auto'|'sfu'}} changes
   */
  async update(changes) {
    const { topology, ...seen } = changes;
    Object.assign(this.#options, changes);
    if (this.self) Object.assign(this.self, seen);
    if (this.state !== 'new') await this.request('update', changes);
  }

  /**
   * Says something to the applications of others, which get it as the event `data`. Where there is a
   * connection to the server it goes by data channel, otherwise by the session's socket.
   *
   * @param {string|ArrayBuffer|ArrayBufferView} data up to `limits.maxDataBytes` octets; by the socket less,
   *     as the whole message has to fit into `limits.maxMessageBytes`
   * @param {object} [options]
   * @param {string|string[]} [options.to] ids or identities; absent: all others
   * @param {string} [options.topic] what it is about, for the receiver's application
   * @param {boolean} [options.lossy] better lost than late: it may overtake others and is not said twice
   * @param {'auto'|'socket'} [options.via] `socket`: nobody who is away for a moment misses it, and it comes in
   *     order with who joins and leaves. What is sent by both ways may overtake itself
   * @returns {Promise<void>} when more may follow; by the socket, when the server has it
   * @throws {ParleyError} `data-too-long`, `data-not-allowed`, `participant-not-found`, `connection-lost`, …
   */
  async sendData(data, { to, topic, lossy = false, via = 'auto' } = {}) {
    const octets = plain(data);
    if (octets.length > this.limits.maxDataBytes) throw new ParleyError('data-too-long');
    if (via === 'auto' && this.channels?.open(lossy)) return this.channels.send(octets, { to, topic, lossy });
    const members = { to, topic, lossy: lossy || undefined, ...said(octets) };
    const whole = new TextEncoder().encode(JSON.stringify(members)).length + 64;
    if (whole > this.limits.maxMessageBytes) throw new ParleyError('data-too-long');
    if (lossy) return this.send('data', members);
    await this.request('data', members);
    return undefined;
  }

  /** Moderators: takes someone out of the room. */
  remove(participant, reason) {
    return this.request('remove', { participant, reason });
  }

  /**
   * Moderators: asks someone to mute, and where a track is named has the server forward it no more.
   *
   * @param {string} participant
   * @param {'audio'|'video'} kind
   * @param {string} [track] a track of theirs
   */
  mute(participant, kind, track) {
    return this.request('mute', track ? { participant, track } : { participant, kind });
  }

  /** Moderators: lets nobody in any more, or somebody again. @param {boolean} locked */
  lock(locked) {
    return this.request('lock', { locked });
  }

  /** Moderators: lets someone in from the lobby. */
  admit(participant) {
    return this.request('admit', { participant });
  }

  /** Moderators: turns someone in the lobby away. */
  deny(participant) {
    return this.request('deny', { participant });
  }

  /** Moderators: changes the room's settings. @param {object} settings members of `room` */
  configure(settings) {
    return this.request('configure', settings);
  }

  /** Leaves; others see it at once. */
  leave() {
    if (this.state === 'closed') return;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type: 'leave' }));
    }
    this.#end(null);
  }

  get #settledIn() {
    return this.state === 'joined' || this.state === 'waiting';
  }

  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.#tell('state', { state });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async #open() {
    let first;
    try {
      first = this.#secret
        ? { type: 'resume', session: this.#secret, seen: this.#seen }
        : await this.#joinRequest();
    } catch (error) {
      const retry = this.state === 'reconnecting' && !(error instanceof ParleyError);
      return retry ? this.#reconnect() : this.#end(error);
    }
    if (this.state === 'closed') return;
    const url = new URL(`signal/${encodeURIComponent(this.#options.room)}`, this.#options.url ?? here);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = (this.#socket = new WebSocket(url, 'parley.v1'));
    const current = (handle) => (event) => socket === this.#socket && handle(event);
    socket.onopen = current(() => socket.send(JSON.stringify(first)));
    socket.onmessage = current((event) => this.#receive(JSON.parse(event.data)));
    socket.onclose = current((event) => this.#lost(event.code));
  }

  async #joinRequest() {
    const { token, name, audio, video, metadata, topology } = this.#options;
    this.#seen = 0;
    return {
      type: 'join',
      token: (typeof token === 'function' ? await token() : token) ?? undefined,
      name,
      audio,
      video,
      metadata,
      topology,
    };
  }

  #receive(message) {
    const { type, seq, re } = message;
    this.#lastHeard = Date.now();
    if (type === 'resumed') return this.#resumed(message);
    if (seq !== undefined) {
      if (seq <= this.#seen) return; // seen before the socket was lost
      this.#seen = seq;
    }
    if (re !== undefined && re !== null) return this.#answered(message);
    switch (type) {
      case 'joined':
      case 'waiting':
        return this.#entered(message);
      case 'removed':
        this.#refusal = new ParleyError(
          message.reason === 'replaced' ? 'replaced' : 'removed', undefined, message.reason);
        break;
      case 'error':
        // inside, an error is about one message and closes nothing
        if (!this.#settledIn) this.#refusal = new ParleyError(message.code, message.message);
        break;
      case 'pong':
        return undefined;
      case 'data':
        return this.#tell('data', heard(message));
    }
    keep(this, message);
    return this.#tell(type, message);
  }

  #answered({ re, type, code, message, ...rest }) {
    const [resolve, reject] = this.#pending.get(re) ?? [];
    this.#pending.delete(re);
    if (type === 'error') reject?.(new ParleyError(code, message));
    else if (resolve) resolve({ type, ...rest });
    else this.#tell(type, rest); // asked before the socket was lost, repeated by the resume
  }

  #entered(message) {
    this.#secret = message.session;
    this.self = message.self;
    this.room = message.room;
    Object.assign(this.limits, message.limits);
    this.#inside = message.type === 'joined';
    this.#abandon(new ParleyError('connection-lost'));
    if (this.#inside) {
      this.iceServers = message.iceServers ?? [];
      this.participants = new Map(message.participants.map((one) => [one.id, one]));
      this.tracks = new Map((message.tracks ?? []).map((one) => [one.id, one]));
      this.knocking.clear();
      this.#outbox = []; // spoken to ids that are gone
    }
    this.#settled(message.type);
    this.#tell(message.type, message);
    if (this.#inside) {
      this.#joining?.[0](message);
      this.#joining = null;
    }
  }

  #resumed(message) {
    this.#settled(this.#inside ? 'joined' : 'waiting');
    for (const text of this.#outbox.splice(0)) this.#socket.send(text);
    this.#tell('resumed', message);
  }

  #settled(state) {
    this.#attempt = 0;
    this.#refusal = null;
    clearInterval(this.#heartbeat);
    const period = this.limits.heartbeatSeconds * 1000;
    this.#heartbeat = setInterval(() => {
      if (Date.now() - this.#lastHeard > 2 * period) {
        const silent = this.#socket;
        this.#lost(4013);
        silent.close();
      } else if (this.#socket?.readyState === WebSocket.OPEN) {
        this.#socket.send(JSON.stringify({ type: 'ping', seen: this.#seen }));
      }
    }, period / 2);
    this.#enter(state);
  }

  #lost(closeCode) {
    this.#socket = null;
    clearInterval(this.#heartbeat);
    const refusal = this.#refusal;
    this.#refusal = null;
    const code = finalCode(closeCode);
    // what was said before the close counts even where the close code got lost on the way
    if (code || (refusal && !PASSING.includes(refusal.code))) {
      return this.#end(refusal ?? new ParleyError(code));
    }
    if (this.state === 'connecting') return this.#end(refusal ?? new ParleyError('unreachable'));
    if (closeCode === 4014 || refusal?.code === 'resume-failed') {
      this.#secret = null;
      this.#attempt = 0; // the server is there: join anew at once
    }
    this.#abandon(new ParleyError('connection-lost'));
    this.#enter('reconnecting');
    return this.#reconnect();
  }

  #reconnect() {
    const wait = Math.min(FIRST_WAIT * 2 ** this.#attempt++, LONGEST_WAIT) * (0.5 + Math.random() / 2);
    const again = () => {
      clearTimeout(this.#retry);
      removeEventListener('online', again);
      if (this.state === 'reconnecting' && !this.#socket) this.#open();
    };
    this.#retry = setTimeout(again, wait);
    addEventListener('online', again); // the network is back: do not wait any longer
  }

  #abandon(error) {
    for (const [, reject] of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #end(error) {
    if (this.state === 'closed') return;
    const socket = this.#socket;
    this.#socket = null;
    this.#secret = null;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#retry);
    this.#enter('closed');
    const reason = error ?? new ParleyError('closed');
    this.#abandon(reason);
    this.#joining?.[1](reason);
    this.#joining = null;
    this.#tell('closed', { error });
    socket?.close(1000);
  }
}
