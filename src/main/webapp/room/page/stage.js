import { $, icon, make } from '../../page/elements.js';

/** An audio level (0 to 1) from which somebody counts as speaking, and how often it is looked at. */
const SPEAKING = 0.03;
const LISTEN_EVERY = 400;

const initials = (name) =>
  (name.match(/\p{L}+|\p{N}+/gu) ?? ['?']).slice(0, 2).map((word) => [...word][0].toUpperCase()).join('');

/** The tiles of a meeting, one per person, in a grid that shares the space. */
export class Stage {
  #tiles = new Map(); // participant id → its elements
  #listening = 0;

  /** Shows a participant, or what changed about them. */
  show(participant, mine = false) {
    const { id, name, audio, video, screen, connected } = participant;
    const tile = this.#tiles.get(id) ?? this.#add(id, mine);
    tile.name.textContent = mine ? `${name} (you)` : name;
    tile.initials.textContent = initials(name);
    tile.muted.hidden = audio;
    tile.root.setAttribute('aria-label', `${name}${mine ? ' (you)' : ''}${audio ? '' : ', muted'}`);
    tile.root.dataset.video = Boolean(video || screen);
    tile.root.dataset.screen = Boolean(screen);
    tile.root.dataset.mirrored = mine && !screen;
    tile.lost = connected === false;
    this.#trouble(tile);
    this.#arrange();
  }

  /** Puts a participant's media on their tile. */
  stream(id, stream) {
    const video = this.#tiles.get(id)?.video;
    if (!video || video.srcObject === stream) return;
    video.srcObject = stream;
    const play = () => video.play().catch((error) => {
      // the browser wants to see somebody click before it plays sound
      if (error.name === 'NotAllowedError') addEventListener('click', play, { once: true });
    });
    if (stream) play();
  }

  /** Says how the way to a participant is. @param {RTCPeerConnectionState} state */
  connection(id, state) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    tile.state = state;
    this.#trouble(tile);
  }

  remove(id) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    tile.video.srcObject = null;
    tile.root.remove();
    this.#tiles.delete(id);
    this.#arrange();
  }

  clear() {
    clearInterval(this.#listening);
    for (const id of [...this.#tiles.keys()]) this.remove(id);
  }

  /** Marks who speaks. @param {import('../../parley.js').MeshCall} call */
  listen(call) {
    clearInterval(this.#listening);
    this.#listening = setInterval(() => {
      for (const [id, { connection }] of call.peers) {
        const receiver = connection.getReceivers().find((one) => one.track.kind === 'audio');
        const level = receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
        const tile = this.#tiles.get(id);
        if (tile) tile.root.dataset.speaking = level > SPEAKING;
      }
    }, LISTEN_EVERY);
  }

  #add(id, mine) {
    const tile = {
      video: make('video', { autoplay: true, playsInline: true, muted: mine }),
      initials: make('div', { className: 'initials', aria: { hidden: 'true' } }),
      name: make('span'),
      muted: icon('mic-off'),
      trouble: make('p', { className: 'trouble', hidden: true }),
      state: mine ? 'connected' : 'new',
      lost: false,
    };
    // an SVG element has no `hidden` property of its own
    Object.defineProperty(tile.muted, 'hidden', { set: (on) => tile.muted.toggleAttribute('hidden', on) });
    const caption = make('div', { className: 'caption' }, tile.name, tile.muted);
    tile.root = make('article', { className: 'tile', data: { id, mine } },
      tile.video, tile.initials, caption, tile.trouble);
    this.#tiles.set(id, tile);
    $('grid').append(tile.root);
    return tile;
  }

  #trouble(tile) {
    const word = tile.lost
      ? 'Reconnecting…'
      : { new: 'Connecting…', connecting: 'Connecting…', disconnected: 'Weak connection…', failed: 'Looking for another way…' }[tile.state];
    tile.trouble.hidden = !word;
    tile.trouble.textContent = word ?? '';
  }

  #arrange() {
    const grid = $('grid');
    const tiles = [...this.#tiles.values()];
    const count = tiles.length;
    grid.dataset.count = count <= 4 ? count : count <= 9 ? 'many' : 'crowd';
    const spot = tiles.find(({ root }) => root.dataset.screen === 'true' && root.dataset.mine !== 'true')
      ?? tiles.find(({ root }) => root.dataset.screen === 'true');
    grid.dataset.spotlight = Boolean(spot && count > 1);
    grid.style.setProperty('--rows', Math.max(1, count - 1));
    grid.style.setProperty('--others', Math.max(1, count - 1));
    for (const tile of tiles) tile.root.dataset.spot = tile === spot;
    $('alone').hidden = count > 1;
  }
}
