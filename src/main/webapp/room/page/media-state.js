import { $, make } from '../../page/elements.js';
import { words } from '../../page/words.js';

/** How long connecting may take before it is worth a word, in milliseconds. */
const WORTH_A_WORD = 2000;

const WORDS = {
  connecting: ['Connecting sound and picture…', ''],
  reconnecting: ['Sound and picture are interrupted.', 'Reconnecting…'],
};

/** Says how the connection to the media server is, while it is not as it should be. */
export class MediaState {
  #timer = 0;

  /** Shows a state of the call. @param {{state: string, error: ?{code: string}}} connection */
  show({ state, error }) {
    clearTimeout(this.#timer);
    if (state === 'idle' || state === 'connected') return this.#say(null);
    if (error) {
      const { title, text } = words(error);
      return this.#say([`${title}.`, text], error.code);
    }
    if (state === 'refused') return undefined; // its words are there
    this.#timer = setTimeout(() => this.#say(WORDS[state]), state === 'connecting' ? WORTH_A_WORD : 0);
    return undefined;
  }

  #say(lines, code = '') {
    const note = $('media-state');
    note.hidden = !lines;
    note.dataset.code = code;
    const [title = '', text = ''] = lines ?? [];
    note.replaceChildren(make('strong', {}, title), make('span', {}, text));
    note.classList.toggle('bad', Boolean(code));
  }
}
