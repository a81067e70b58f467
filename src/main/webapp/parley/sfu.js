import { Announcement } from './announcement.js';
import { DataChannels } from './data.js';
import { ParleyError } from './error.js';
import { Layers } from './layers.js';
import { Mutes } from './mutes.js';
import { Negotiation } from './negotiation.js';
import { Publications } from './publications.js';
import { Remotes } from './remotes.js';
import { remedy } from './remedy.js';
import { sections } from './sections.js';
import { Views } from './views.js';

/** How long a connection may be disturbed before ICE is restarted, in milliseconds. */
const DISTURBED = 3000;

/** Waits before a connection is made anew, in milliseconds: doubling up to a ceiling. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;

/** So many ICE restarts in a row without a connection, and people are told. */
const RESTARTS_IN_SILENCE = 2;

/** Refusals that nobody needs to read of. */
const PASSING = ['rate-limited', 'stale-description', 'media-closed'];

function* counting() {
  for (let number = 1; ; number++) yield number;
}

/**
 * A call through the server: one RTCPeerConnection sends this participant's microphone, camera and
 * screen, and brings what everyone else sends.
 *
 * Events, the first three as {@link MeshCall} has them:
 * - `stream` {id, stream}: media of a participant arrives, or changes;
 * - `state` {id, state}: the connection that brings a participant changed state;
 * - `gone` {id}: a participant left, its stream is over;
 * - `connection` {state, error}: {@link SfuCall#state} changed;
 * - `refused` {error, sources}: the server did not take an offer; what was dropped from it so that
 *   the rest goes on (`microphone`, `camera`, `screen`);
 * - `streamstate` {id, track, source, paused, reason}: a participant's track is held back, or flows again;
 *   `reason` as {@link SfuCall#held} has it;
 * - `load` {step}: {@link SfuCall#load} changed;
 * - `quality` {id, quality, score}: how good a participant's connection to the server is by now, one's own
 *   too: `excellent`, `good`, `poor` or `lost`, and 1.0 to 5.0;
 * - `speakers` {speakers}: who speaks, a list of {participant, level}, the loudest first.
 */
export class SfuCall extends EventTarget {
  /** @type {'idle'|'connecting'|'connected'|'reconnecting'|'refused'} */
  state = 'idle';
  /** The connection to the server; null where there is none. @type {?RTCPeerConnection} */
  connection = null;
  /**
   * What the server does without because it has too much to do: the largest pictures, then half of the
   * pictures a second and videos of large rooms too, then it refuses newcomers as well.
   *
   * @type {'none'|'smaller'|'fewer'|'full'}
   */
  load = 'none';
  #session;
  #media;
  #mutes;
  #options;
  #numbers = counting();
  #denied = new Set();
  #running = false;
  #negotiation = null;
  #publications = null;
  #remotes;
  #layers = null;
  #views;
  #waiting = new Map(); // tracks that are held back: id → {track, reason}
  #qualities = new Map(); // participant id → how good its connection is
  #attempt = 0;
  #restarts = 0;
  #retry = 0;
  #patience = 0;
  #farewells = 0; // ends of the server that this side has closed, and of which it will hear

  /**
   * @param {Session} session
   * @param {EventTarget & {audioTrack: ?MediaStreamTrack, videoTrack: ?MediaStreamTrack,
   *     cameraTrack?: ?MediaStreamTrack, screenTrack?: ?MediaStreamTrack,
   *     screenAudioTrack?: ?MediaStreamTrack}} media what to send, usually a
   *     {@link LocalMedia}; without `cameraTrack` the `videoTrack` is the camera's
   * @param {object} [options]
   * @param {RTCConfiguration} [options.configuration] added to the server's iceServers
   * @param {Object<string, RTCRtpEncodingParameters[]>} [options.sendEncodings] by source; absent: the
   *     camera as simulcast of three sizes, the rest in one
   * @param {?{protect: (transceiver: RTCRtpTransceiver, self: string) => void,
   *     reveal: (receiver: RTCRtpReceiver, participant: string, encrypted: boolean) => void}}
   *     [options.encryption] encrypts from end to end, see {@link FrameEncryption}: `protect` is called once
   *     for what is sent, before it is offered, `reveal` whenever a receiver may bring something else
   * @param {boolean} [options.steered] a {@link Call} says when to start
   */
  constructor(session, media, { configuration = {}, sendEncodings = {}, encryption = null, steered = false } = {}) {
    super();
    this.#session = session;
    this.#media = media;
    this.#options = { configuration, sendEncodings, encryption };
    this.#remotes = this.#received();
    this.#views = new Views(session, (id) => this.#remotes.videos(id));
    this.#mutes = new Mutes(session, (source) => this.#publications?.quiet(source));
    if (!steered) new Announcement(session, media);
    const on = (type, handle) => session.addEventListener(type, ({ detail }) => handle(detail));
    on('joined', () => {
      this.stop();
      this.#farewells = 0;
      this.#denied.clear();
      this.#qualities.clear();
      if (!steered) this.start();
    });
    on('media', (notice) => this.#noticed(notice));
    on('track-published', ({ track, mid }) => {
      if (mid !== undefined) this.#layers?.begin(mid, track.id);
      this.#shown(track.participant);
    });
    on('track-changed', ({ track }) => this.#shown(track.participant));
    on('track-unpublished', ({ track }) => this.#flows(track));
    on('track-subscribed', ({ track, mid }) => {
      this.#views.renew(track);
      if (mid === null) this.#flows(track);
    });
    on('stream-state', ({ track, state, reason = 'bandwidth' }) => this.#flows(track, state === 'paused' ? reason : null));
    on('load', ({ step }) => this.#loaded(step));
    on('connection-quality', ({ participant, quality, score }) => {
      this.#qualities.set(participant, { quality, score });
      this.#tell('quality', { id: participant, quality, score });
    });
    on('subscribed-quality', (wish) => this.#layers?.wish(wish));
    on('resumed', () => this.#views.review());
    on('participant-left', ({ participant }) => this.#left(participant));
    on('speakers', ({ speakers }) => this.#tell('speakers', { speakers }));
    on('closed', () => this.stop());
    media.addEventListener('changed', () => this.#refresh());
    addEventListener('online', () => this.state === 'reconnecting' && this.connection?.restartIce());
  }

  /** Connects to the server, and stays so until {@link SfuCall#stop}. */
  start() {
    this.#running = true;
    if (!this.connection && this.#session.state === 'joined') this.#open();
  }

  /** Goes on with the connection that there is, but makes no other when it ends. */
  retire() {
    this.#running = false;
    clearTimeout(this.#retry);
  }

  /** Closes the connection at once. */
  stop() {
    this.retire();
    this.#shut();
    this.#enter('idle');
  }

  /**
   * An element of the page shows a participant: the server sends no more of the picture than the
   * element has room for, and none while it cannot be seen. Without this it sends all there is.
   *
   * @param {string} id a participant
   * @param {HTMLVideoElement} element
   * @param {object} [options]
   * @param {number} [options.priority] 0 to 100; the higher comes first where there is not enough for all
   */
  watch(id, element, { priority = 0 } = {}) {
    this.#views.watch(id, element, priority);
  }

  /** An element shows nobody any more. @param {HTMLVideoElement} element */
  unwatch(element) {
    this.#views.unwatch(element);
  }

  /** Whether the picture of a participant is held back. */
  paused(id) {
    return this.held(id) !== null;
  }

  /**
   * Why the picture of a participant is held back; null where it is not. `bandwidth`: the way here has no
   * room for it; `last-n`: others spoke later, and this page has not said what it shows (see
   * {@link SfuCall#watch}); `overload`: the server has too much to do.
   *
   * @returns {?('bandwidth'|'last-n'|'overload')}
   */
  held(id) {
    return this.#waiting.get(this.#remotes.videos(id)[0])?.reason ?? null;
  }

  /** How good a participant's connection is, as far as the server has told. @returns {?{quality: string, score: number}} */
  quality(id) {
    return this.#qualities.get(id) ?? null;
  }

  /** Who is received, by participant: track id → MediaStreamTrack. @type {Map<string, Map<string, MediaStreamTrack>>} */
  get received() {
    return this.#remotes.tracks;
  }

  /** Takes tracks of others, or takes them no more. @param {string|string[]} tracks ids */
  subscribe(tracks, wanted = true) {
    return this.#session.request('subscribe', { tracks: [tracks].flat(), wanted });
  }

  /** Stops the packets of tracks for a while, without negotiation. @param {string|string[]} tracks ids */
  pause(tracks, paused = true) {
    return this.#session.request('pause', { tracks: [tracks].flat(), paused });
  }

  #received() {
    return new Remotes(
      (track) => this.#session.tracks.get(track),
      (id, stream) => this.#tell('stream', { id, stream }));
  }

  #open() {
    clearTimeout(this.#retry);
    const connection = (this.connection = new RTCPeerConnection({
      iceServers: this.#session.iceServers,
      bundlePolicy: 'max-bundle',
      ...this.#options.configuration,
    }));
    const hear = (detail) => this.#session.dispatchEvent(new CustomEvent('data', { detail }));
    this.#session.channels = new DataChannels(connection, hear);
    const { sendEncodings, encryption } = this.#options;
    const { id } = this.#session.self;
    const protect = encryption && ((transceiver) => encryption.protect(transceiver, id));
    const publications = (this.#publications =
      new Publications(connection, this.#media, sendEncodings, this.#denied, protect));
    const layers = (this.#layers = new Layers(connection));
    const tracks = () => this.#mutes.offered(publications.named());
    const negotiation = (this.#negotiation =
      new Negotiation(connection, this.#session, tracks, this.#numbers));
    negotiation.addEventListener('arriving', ({ detail }) => this.#reveal(detail.sdp));
    negotiation.addEventListener('described', ({ detail }) => {
      if (connection.signalingState === 'stable') publications.accept();
      this.#reveal(detail.sdp);
      this.#remotes.read(connection, detail.sdp);
      layers.review();
      this.#views.review();
    });
    negotiation.addEventListener('refused', ({ detail }) => this.#refused(detail.error));
    negotiation.addEventListener('broken', ({ detail }) => {
      console.warn('parley: negotiation failed', detail.error);
      this.#renew(false);
    });
    connection.onconnectionstatechange = () => this.#moved(connection.connectionState);
    if (this.state === 'idle') this.#enter('connecting'); // what is in trouble stays so until it is connected
    this.#refresh();
  }

  #refresh() {
    this.#publications?.refresh().catch((error) => console.warn('parley: not sent', error.name));
    if (this.#publications) this.#mutes.say();
  }

  #moved(state) {
    clearTimeout(this.#patience);
    if (state === 'connected') {
      this.#attempt = this.#restarts = 0;
      this.#views.live(true);
      this.#enter('connected');
    } else if (state === 'failed') {
      this.#restart();
    } else if (state === 'disconnected') {
      this.#enter('reconnecting');
      this.#patience = setTimeout(() => this.#restart(), DISTURBED);
    }
    for (const id of this.received.keys()) this.#tell('state', { id, state });
  }

  #restart() {
    if (!this.connection) return;
    const error = ++this.#restarts > RESTARTS_IN_SILENCE ? new ParleyError('media-unreachable') : null;
    this.#enter('reconnecting', error);
    this.connection.restartIce();
  }

  #noticed({ state, reason }) {
    if (state === 'closed' && reason === 'left' && this.#farewells > 0) {
      this.#farewells--;
      return;
    }
    if (!this.connection) return;
    if (state === 'closed') {
      this.#shut();
      if (this.#running && reason !== 'left' && reason !== 'topology') this.#renew(true);
      else this.#enter('idle');
    } else if (reason) {
      this.#negotiation.refuse(reason);
    } else if (state === 'quiet') {
      this.#enter('reconnecting');
      this.connection.restartIce();
    } else if (state === 'connected' && this.connection.connectionState === 'connected') {
      this.#enter('connected');
    }
  }

  /**
   * Closes the connection and makes another after a while.
   *
   * @param {boolean} ended whether the server's end is closed already; else it is asked to
   */
  async #renew(ended, wait) {
    this.#shut();
    if (this.state !== 'refused') this.#enter('reconnecting');
    const backoff = Math.min(FIRST_WAIT * 2 ** this.#attempt++, LONGEST_WAIT) * (0.5 + Math.random() / 2);
    const mine = (this.#retry = setTimeout(() => this.#running && this.start(), wait || backoff));
    if (ended) return;
    this.#farewells++;
    await this.#session.request('close').catch(() => this.#farewells--); // there is no end
    if (wait === 0 && this.#retry === mine && this.#running) this.start();
  }

  #refused(error) {
    const stands = Boolean(this.connection.currentRemoteDescription);
    const { drop, retry } = remedy(error.code, this.#publications.fresh());
    this.#publications.withdraw(drop);
    this.#tell('refused', { error, sources: drop });
    if (!stands) {
      if (!drop.length && !PASSING.includes(error.code)) this.#enter('refused', error);
      this.#renew(false, drop.length ? 0 : retry);
    } else {
      this.#refresh();
      const negotiation = this.#negotiation;
      setTimeout(() => negotiation === this.#negotiation && negotiation.resume(), drop.length ? 0 : retry);
    }
  }

  /** Has what the server sends by a description decrypted, where it is encrypted from end to end. */
  #reveal(sdp) {
    const { encryption } = this.#options;
    if (!encryption) return;
    const described = sections(sdp);
    for (const { mid, receiver } of this.connection?.getTransceivers() ?? []) {
      const { sends, stream, track } = described.get(mid) ?? {};
      if (!sends || !stream) continue;
      encryption.reveal(receiver, stream, this.#session.tracks.get(track)?.encrypted ?? true);
    }
  }

  /** Looks anew what is shown of a participant. */
  #shown(participant) {
    this.#remotes.choose(participant);
    this.#views.review();
  }

  #flows(id, reason = null) {
    const before = this.#waiting.get(id);
    const track = this.#session.tracks.get(id) ?? before?.track;
    if (!track || reason === (before?.reason ?? null)) return;
    if (reason) this.#waiting.set(id, { track, reason });
    else this.#waiting.delete(id);
    const { participant, source } = track;
    this.#tell('streamstate', { id: participant, track: id, source, paused: reason !== null, reason });
  }

  #loaded(step) {
    if (step !== this.load) this.#tell('load', { step: (this.load = step) });
  }

  #left(participant) {
    for (const [id, { track }] of this.#waiting) if (track.participant === participant) this.#waiting.delete(id);
    this.#qualities.delete(participant);
    this.#views.forget(participant);
    this.#remotes.forget(participant);
    this.#tell('gone', { id: participant });
  }

  #shut() {
    clearTimeout(this.#patience);
    clearTimeout(this.#retry);
    this.#negotiation?.close();
    if (this.connection) {
      this.connection.onconnectionstatechange = this.#session.channels = null;
      this.connection.close();
    }
    const before = [...this.received.keys()];
    this.connection = this.#negotiation = this.#publications = this.#layers = null;
    this.#remotes = this.#received();
    this.#views.live(false);
    for (const id of [...this.#waiting.keys()]) this.#flows(id);
    this.#loaded('none');
    for (const id of before) {
      this.#tell('stream', { id, stream: new MediaStream() });
      this.#tell('state', { id, state: 'closed' });
    }
  }

  #enter(state, error = null) {
    if (this.state === state && !error) return;
    this.state = state;
    this.#tell('connection', { state, error });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
