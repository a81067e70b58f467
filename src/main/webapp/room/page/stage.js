import { $, icon, make } from '../../page/elements.js';
import { share } from './layout.js';

/** Between tiles, in CSS pixels; `--space-2` of tokens.css. */
const GAP = 8;

/** What a tile says whose picture is held back, by the reason. */
const PAUSED = { bandwidth: 'Video paused', 'last-n': 'Video not shown', overload: 'Video not shown' };

/** What a tile says of the connection of whose it is, where there is something to say. */
const QUALITIES = { good: 'Fair connection', poor: 'Poor connection', lost: 'Connection lost' };

/** How long pictures have to stand still before it is said aloud, in milliseconds. */
const ANNOUNCED_AFTER = 1000;

/** How long a tile says that there is no key, after it was told so, in milliseconds. */
const LOCKED_FOR = 5000;

const initials = (name) =>
  (name.match(/\p{L}+|\p{N}+/gu) ?? ['?']).slice(0, 2).map((word) => [...word][0].toUpperCase()).join('');

/** The tiles of a meeting, one per person, in a grid that shares the space. */
export class Stage {
  #tiles = new Map(); // participant id → its elements
  #announcement = 0;
  #announced = '';

  constructor() {
    new ResizeObserver(() => this.#arrange()).observe($('grid'));
  }

  /**
   * Shows a participant, or what changed about them.
   *
   * @param {object} participant
   * @param {boolean} [mine] oneself
   */
  show(participant, mine = false) {
    const { id, name, audio, video, screen, connected } = participant;
    const tile = this.#tiles.get(id) ?? this.#add(id, mine);
    tile.name.textContent = mine ? `${name} (you)` : name;
    tile.initials.textContent = initials(name);
    tile.muted.hidden = audio;
    tile.label = `${name}${mine ? ' (you)' : ''}${audio ? '' : ', muted'}`;
    this.#label(tile);
    tile.root.dataset.video = Boolean(video || screen);
    tile.root.dataset.screen = Boolean(screen);
    tile.root.dataset.mirrored = mine && !screen;
    tile.lost = connected === false;
    this.#trouble(tile);
    this.#arrange();
  }

  /** Puts a participant's media on their tile. */
  stream(id, stream) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    const { video } = tile;
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      const play = () => video.play().catch((error) => {
        // the browser wants to see somebody click before it plays sound
        if (error.name === 'NotAllowedError') addEventListener('click', play, { once: true });
      });
      if (stream) play();
    }
    this.#picture(tile);
  }

  /** The element that shows a participant; null where they have no tile. @returns {?HTMLVideoElement} */
  element(id) {
    return this.#tiles.get(id)?.video ?? null;
  }

  /**
   * Says that a participant's picture is held back, or goes on. One that waits for bandwidth stands still
   * meanwhile; of one that may be away for long there is nothing but the initials.
   *
   * @param {?('bandwidth'|'last-n'|'overload')} held
   */
  paused(id, held) {
    const tile = this.#tiles.get(id);
    if (!tile || tile.paused === held) return;
    tile.paused = held;
    tile.root.dataset.paused = held ?? '';
    this.#trouble(tile);
    this.#picture(tile);
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => this.#announce(), ANNOUNCED_AFTER);
  }

  /** Says how good a participant's connection is. @param {?{quality: string}} found null where nobody knows */
  quality(id, found) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    const words = QUALITIES[found?.quality] ?? '';
    tile.quality.hidden = !words;
    tile.quality.title = words;
    tile.quality.replaceChildren(...(words ? [icon(`signal-${found.quality}`)] : []));
    this.#label(tile);
  }

  /** Says that there is no key to a participant's media, until it is a while ago. */
  locked(id) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    clearTimeout(tile.locked);
    tile.locked = setTimeout(() => {
      tile.locked = 0;
      this.#trouble(tile);
    }, LOCKED_FOR);
    this.#trouble(tile);
  }

  /** Says how the way to a participant is. @param {RTCPeerConnectionState} state */
  connection(id, state) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    tile.state = state;
    this.#trouble(tile);
  }

  /** Takes a participant's tile away. @returns {boolean} whether there was one */
  remove(id) {
    const tile = this.#tiles.get(id);
    if (!tile) return false;
    tile.video.srcObject = null;
    tile.root.remove();
    this.#tiles.delete(id);
    this.#arrange();
    return true;
  }

  clear() {
    for (const id of [...this.#tiles.keys()]) this.remove(id);
  }

  /** Marks who speaks. @param {Array<{participant: string}>} speakers the loudest first */
  speakers(speakers) {
    for (const [id, { root }] of this.#tiles) {
      const place = speakers.findIndex(({ participant }) => participant === id);
      root.dataset.speaking = place >= 0;
      root.dataset.loudest = place === 0;
    }
  }

  #add(id, mine) {
    const tile = {
      video: make('video', { autoplay: true, playsInline: true, muted: mine }),
      initials: make('div', { className: 'initials', aria: { hidden: 'true' } }),
      name: make('span'),
      muted: icon('mic-off'),
      quality: make('span', { className: 'quality', hidden: true }),
      trouble: make('p', { className: 'trouble', hidden: true }),
      state: mine ? 'connected' : 'new',
      label: '',
      lost: false,
      paused: null,
      locked: 0,
    };
    // an SVG element has no `hidden` property of its own
    Object.defineProperty(tile.muted, 'hidden', { set: (on) => tile.muted.toggleAttribute('hidden', on) });
    const caption = make('div', { className: 'caption' }, tile.name, tile.muted, tile.quality);
    tile.root = make('article', { className: 'tile', data: { id, mine } },
      tile.video, tile.initials, caption, tile.trouble);
    tile.root.dataset.picture = false;
    tile.video.onloadeddata = tile.video.onresize = () => this.#picture(tile);
    this.#tiles.set(id, tile);
    $('grid').append(tile.root);
    return tile;
  }

  /** What those hear who do not see the tile. */
  #label({ root, label, quality }) {
    root.setAttribute('aria-label', quality.title ? `${label}, ${quality.title.toLowerCase()}` : label);
  }

  /** Until there is a picture the tile has its initials. */
  #picture({ root, video, paused }) {
    const sent = video.srcObject?.getVideoTracks().length > 0 && (!paused || paused === 'bandwidth');
    root.dataset.picture = sent && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  #trouble(tile) {
    const way = tile.lost
      ? 'Reconnecting…'
      : { new: 'Connecting…', connecting: 'Connecting…', disconnected: 'Weak connection…', failed: 'Looking for another way…' }[tile.state];
    const held = tile.paused ? PAUSED[tile.paused] ?? PAUSED.bandwidth : '';
    const word = way ?? (tile.locked ? 'Encrypted with another key' : held);
    tile.trouble.hidden = !word;
    if (tile.trouble.textContent === word) return;
    tile.trouble.replaceChildren(...(word && word === held ? [icon('paused'), make('span', {}, word)] : [word]));
  }

  /** Tells those who listen to the page, once for all tiles: the notes on them are no live regions. */
  #announce() {
    const paused = this.#whose('bandwidth');
    const away = this.#whose('overload');
    const news = [
      paused && `Your connection is slow. Video paused: ${paused}.`,
      away && `The server has too much to do. Video not shown: ${away}.`,
    ].filter(Boolean).join(' ');
    const words = news || (this.#announced && 'Every video goes on.');
    if (words === this.#announced) return;
    this.#announced = news;
    $('stage-state').textContent = words;
  }

  /** Those whose picture is held back for a reason, in words; nothing where there is nobody. */
  #whose(reason) {
    const names = [...this.#tiles.values()].filter(({ paused }) => paused === reason).map(({ name }) => name.textContent);
    return names.length > 3 ? `${names.length} people` : names.join(', ');
  }

  #arrange() {
    const grid = $('grid');
    const tiles = [...this.#tiles.values()];
    const spot = tiles.find(({ root }) => root.dataset.screen === 'true' && root.dataset.mine !== 'true')
      ?? tiles.find(({ root }) => root.dataset.screen === 'true');
    grid.dataset.spotlight = Boolean(spot && tiles.length > 1);
    for (const { root } of tiles) root.dataset.spot = root === spot?.root;
    $('alone').hidden = tiles.length > 1;
    if (!grid.clientWidth) return; // not shown yet: the observer comes back
    const tile = share(tiles.length, grid.clientWidth, grid.clientHeight, GAP);
    grid.style.setProperty('--width', `${tile.width}px`);
    grid.style.setProperty('--height', `${tile.height}px`);
    grid.style.setProperty('--stage', `${grid.clientHeight}px`);
    grid.style.setProperty('--others', Math.max(1, tiles.length - 1));
  }
}
