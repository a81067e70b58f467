import { $, confirm, icon, make, toast } from '../../page/elements.js';
import { words } from '../../page/words.js';

/** The list of people, and for moderators what they can do about them. */
export class People {
  /** Called before the list is shown. @type {?() => void} */
  onopen = null;

  #session;
  #call;

  /**
   * @param {import('../../parley.js').Session} session
   * @param {import('../../parley.js').Call} call
   */
  constructor(session, call) {
    this.#session = session;
    this.#call = call;
    $('people').onclick = () => this.#toggle($('people-panel').hidden);
    $('people-close').onclick = () => this.#toggle(false);
    $('people-panel').onkeydown = ({ key }) => {
      if (key === 'Escape') this.#toggle(false); // a handler that returned false would swallow the key
    };
    $('lock-room').onchange = ({ target }) => this.#try(session.lock(target.checked));
    $('use-lobby').onchange = ({ target }) => this.#try(session.configure({ lobby: target.checked }));
    this.#toggle(false, false);
  }

  /** Shows the session as it is now. */
  show() {
    const { self, room, participants, knocking } = this.#session;
    if (!self || !room) return;
    const everyone = [self, ...participants.values()];
    $('people').replaceChildren(icon('people'), make('span', {}, `People (${everyone.length})`));
    $('people-title').textContent = `People (${everyone.length})`;
    this.#list($('people-list'), everyone.map((one) => this.#person(one)));
    $('lobby').hidden = knocking.size === 0;
    this.#list($('lobby-list'), [...knocking.values()].map((one) => this.#waiting(one)));
    this.#knock([...knocking.values()]);
    $('moderation').hidden = !self.moderator;
    $('lock-room').checked = room.locked;
    $('use-lobby').checked = room.lobby;
    $('locked').hidden = !room.locked;
  }

  #person(one) {
    const { self } = this.#session;
    const mine = one === self;
    const person = (one.kind ?? 'person') === 'person';
    const facts = [
      mine && 'you',
      one.moderator && 'moderator',
      one.guest && 'guest',
      one.kind === 'encoder' && 'sends from a programme',
      one.kind === 'viewer' && 'watches',
      person && !one.audio && 'muted',
      person && !one.video && !one.screen && 'camera off',
      one.screen && 'sharing the screen',
      one.connected === false && 'reconnecting',
    ].filter(Boolean);
    const who = make('span', { className: 'who' }, one.name, ' ',
      make('span', { className: 'soft' }, facts.join(', ')));
    const line = make('li', { data: { id: one.id } }, who);
    if (self.moderator && !mine) {
      if (this.#audible(one)) line.append(this.#button('Mute', one, () => this.#mute(one)));
      line.append(this.#button('Remove', one, () => this.#remove(one), 'danger plain'));
    }
    return line;
  }

  #waiting(one) {
    return make('li', { data: { id: one.id } },
      make('span', { className: 'who' }, one.name), ...this.#decisions(one));
  }

  #decisions(one) {
    return [
      this.#button('Let in', one, () => this.#try(this.#session.admit(one.id)), 'primary'),
      this.#button('Decline', one, () => this.#try(this.#session.deny(one.id))),
    ];
  }

  #knock(waiting) {
    const [first] = waiting;
    const bar = $('knock');
    bar.hidden = !first || !$('people-panel').hidden;
    if (!first) return bar.replaceChildren();
    const more = waiting.length > 1 ? ` and ${waiting.length - 1} more` : '';
    return bar.replaceChildren(
      make('span', {}, `${first.name}${more} ${more ? 'are' : 'is'} waiting to come in.`),
      make('div', { className: 'row' }, ...this.#decisions(first)));
  }

  /** Swaps the list but leaves the keyboard where it was. */
  #list(list, lines) {
    const active = list.contains(document.activeElement) && document.activeElement;
    const where = active && [active.closest('li').dataset.id, active.textContent];
    list.replaceChildren(...lines);
    if (!where) return;
    const line = lines.find((one) => one.dataset.id === where[0]);
    const button = [...(line?.querySelectorAll('button') ?? [])].find((one) => one.textContent === where[1]);
    (button ?? $('people-title')).focus();
  }

  #button(word, one, onclick, style = '') {
    return make('button', {
      type: 'button', className: `compact ${style}`, onclick, aria: { label: `${word}: ${one.name}` },
    }, word);
  }

  /** Whether there is a sound of somebody that can be muted. */
  #audible(one) {
    const track = this.#call.tracks(one.id).get('microphone');
    return one.kind === 'encoder' ? Boolean(track && !track.muted) : one.audio;
  }

  /** Where sound goes through the server, it is muted there at once. */
  async #mute(one) {
    const track = this.#call.mode === 'sfu' && this.#call.tracks(one.id).get('microphone')?.id;
    if (!(await this.#try(this.#session.mute(one.id, 'audio', track || undefined)))) return;
    toast(track ? `${one.name} is muted.` : `${one.name} is asked to mute.`);
  }

  async #remove(one) {
    if (await confirm(`Take ${one.name} out of the meeting?`, 'Remove')) {
      await this.#try(this.#session.remove(one.id, 'removed'));
    }
  }

  async #try(request) {
    try {
      await request;
      return true;
    } catch (error) {
      const { title, text } = words(error);
      toast(`${title}. ${text}`);
      return false;
    } finally {
      this.show(); // a refused switch goes back
    }
  }

  /** Puts the list away, since something else takes its place. */
  hide() {
    if (!$('people-panel').hidden) this.#toggle(false, false);
  }

  #toggle(open, focus = true) {
    if (open) this.onopen?.();
    $('people-panel').hidden = !open;
    $('people').setAttribute('aria-expanded', open);
    $('people').dataset.active = open;
    if (focus) (open ? $('people-title') : $('people')).focus();
    this.show();
  }
}
