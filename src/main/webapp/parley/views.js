/** How long sizes have to rest before they are said, in milliseconds. */
const REST = 200;

/** Sizes that never rest are said all the same after this, in milliseconds. */
const PATIENCE = 1000;

/** How long to wait after a refusal, in milliseconds. */
const AGAIN = 1000;

/** So many tracks go into one message. */
const MOST = 32;

/** A change of less than this share of a size is not worth a message. */
const SLIGHT = 0.02;

const HIDDEN = { visible: false };

/** The shape of a picture that has not come yet. */
const USUAL = { width: 16, height: 9 };

/** The size of the picture in an element, in pixels of the screen; of `cover` with what is cut off. */
function extent(element) {
  const { width, height } = element.getBoundingClientRect();
  if (!width || !height) return null;
  const picture = element.videoWidth ? { width: element.videoWidth, height: element.videoHeight } : USUAL;
  const ratios = [width / picture.width, height / picture.height];
  const fit = getComputedStyle(element).objectFit;
  const scale = (fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios)) * devicePixelRatio;
  return { width: Math.ceil(picture.width * scale), height: Math.ceil(picture.height * scale) };
}

const slight = (one, other) => Math.abs(one - other) <= SLIGHT * other;

/** Whether two wishes are as good as the same. */
const same = (one, other) =>
  one.visible === other.visible && one.priority === other.priority &&
  (one.visible === false || (slight(one.width, other.width) && slight(one.height, other.height)));

/**
 * Tells the server what a page shows of others, so that it sends no more than that: the size of the
 * elements that show a participant, and whether they can be seen (`track-settings` of signaling.md).
 * Of participants whose elements it does not know it says nothing.
 */
export class Views {
  #session;
  #pictures;
  #elements = new Map(); // element → {id, priority, seen}
  #known = new Set(); // ids of participants that a page has shown
  #said = new Map(); // track → what was said of it
  #live = false;
  #timer = 0;
  #stirred = 0; // when the first change came that has not been said, or 0
  #sizes = new ResizeObserver(() => this.#stir());
  #sights = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const view = this.#elements.get(target);
      if (view) view.seen = isIntersecting;
    }
    this.#stir();
  });
  #changed = () => this.#stir();

  /**
   * @param {Session} session
   * @param {(participant: string) => string[]} pictures the tracks of someone's video, the one that
   *     is shown first
   */
  constructor(session, pictures) {
    this.#session = session;
    this.#pictures = pictures;
    document.addEventListener('visibilitychange', this.#changed);
    addEventListener('resize', this.#changed); // so does the ratio of pixels when a page is zoomed
  }

  /** An element shows a participant from now on. */
  watch(id, element, priority) {
    if (!this.#elements.has(element)) {
      this.#sizes.observe(element);
      this.#sights.observe(element);
      for (const type of ['resize', 'enterpictureinpicture', 'leavepictureinpicture']) {
        element.addEventListener(type, this.#changed);
      }
    }
    this.#elements.set(element, { seen: false, ...this.#elements.get(element), id, priority });
    this.#known.add(id);
    this.#stir();
  }

  /** An element shows nobody any more. */
  unwatch(element) {
    if (!this.#elements.delete(element)) return;
    this.#sizes.unobserve(element);
    this.#sights.unobserve(element);
    for (const type of ['resize', 'enterpictureinpicture', 'leavepictureinpicture']) {
      element.removeEventListener(type, this.#changed);
    }
    this.#stir();
  }

  /** The participant is gone. */
  forget(id) {
    this.#known.delete(id);
    for (const [element, view] of this.#elements) if (view.id === id) this.unwatch(element);
  }

  /** Whether there is a connection of which to say something; a new one knows nothing yet. */
  live(on) {
    if (this.#live === on) return;
    this.#live = on;
    this.#said.clear();
    this.#stir();
  }

  /** The server sends a track anew and knows nothing of it yet. */
  renew(track) {
    this.#said.delete(track);
    this.#stir();
  }

  /** Looks anew, since other tracks are there or another one is shown. */
  review() {
    this.#stir();
  }

  #stir(wait = REST) {
    if (!this.#live || !this.#known.size) return;
    const now = performance.now();
    this.#stirred ||= now;
    if (wait === REST && now - this.#stirred > PATIENCE) return; // it is due without that
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#say(), wait);
  }

  async #say() {
    this.#stirred = 0;
    if (!this.#live || this.#session.state !== 'joined') return; // `resumed` and `joined` come back here
    const news = [...this.#wishes()].filter(([track, wish]) => {
      const said = this.#said.get(track);
      return !said || !same(wish, said);
    });
    for (let i = 0; i < news.length; i += MOST) {
      const some = news.slice(i, i + MOST);
      for (const [track, wish] of some) this.#said.set(track, wish);
      this.#session.request('track-settings', { tracks: Object.fromEntries(some) }).catch(({ code }) => {
        for (const [track] of some) this.#said.delete(track);
        if (code !== 'media-closed') this.#stir(AGAIN); // a track has ended meanwhile
      });
    }
  }

  /** What is shown of each video, by track. */
  #wishes() {
    const wishes = new Map();
    for (const id of this.#known) {
      const [shown, ...others] = this.#pictures(id);
      for (const track of others) wishes.set(track, HIDDEN);
      if (shown) wishes.set(shown, this.#wish(id));
    }
    return wishes;
  }

  #wish(id) {
    let wish = HIDDEN;
    for (const [element, view] of this.#elements) {
      if (view.id !== id) continue;
      const floating = document.pictureInPictureElement === element;
      const size = floating || (view.seen && !document.hidden) ? extent(element) : null;
      if (!size) continue;
      wish = {
        width: Math.min(65535, Math.max(size.width, wish.width ?? 1)),
        height: Math.min(65535, Math.max(size.height, wish.height ?? 1)),
        ...(view.priority && { priority: Math.max(view.priority, wish.priority ?? 0) }),
      };
    }
    return wish;
  }
}
