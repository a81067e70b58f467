import { $, make, toast } from '../../page/elements.js';
import { words } from '../../page/words.js';

/** What the chat's messages are about, among all that applications say to each other. */
const TOPIC = 'parley.chat';

/** Messages of one person that follow each other within this time stand together, in milliseconds. */
const TOGETHER = 120_000;

/** So many are kept on the page. */
const MOST = 1000;

/** A message in passing is cut to so many characters. */
const GLIMPSE = 80;

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}]/g;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** What people write to each other in a meeting. */
export class Chat {
  /** Called before it is shown. @type {?() => void} */
  onopen = null;

  #session;
  #names = new Map(); // participant id → name, also of those who have left
  #unread = 0;
  #glimpse = null; // the last message in passing
  #last = null; // {from, at, list} of the last message

  /** @param {import('../../parley.js').Session} session */
  constructor(session) {
    this.#session = session;
    $('chat-log').replaceChildren();
    $('chat-text').value = '';
    $('chat').onclick = () => this.#toggle($('chat-panel').hidden);
    $('chat-close').onclick = () => this.#toggle(false);
    $('chat-panel').onkeydown = ({ key }) => {
      if (key === 'Escape') this.#toggle(false); // a handler that returned false would swallow the key
    };
    $('chat-text').oninput = () => this.#grow();
    $('chat-text').onkeydown = (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      $('chat-form').requestSubmit();
    };
    $('chat-form').onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    session.addEventListener('data', ({ detail }) => detail.topic === TOPIC && this.#hear(detail));
    this.#toggle(false, false);
    this.#show();
  }

  /** Puts it away, since something else takes its place. */
  hide() {
    if (!$('chat-panel').hidden) this.#toggle(false, false);
  }

  #hear({ participant, data, direct }) {
    if (typeof data !== 'string' || !data.trim()) return;
    const name = this.#name(participant);
    this.#add(participant, direct ? `${name} (to you)` : name, data);
    if ($('chat-panel').hidden) {
      this.#unread++;
      this.#glimpse = toast(`${name}: ${data.length > GLIMPSE ? `${data.slice(0, GLIMPSE)}…` : data}`);
    }
    this.#show();
  }

  async #send() {
    const text = $('chat-text').value.trim();
    if (!text) return;
    $('chat-send').disabled = true;
    try {
      // by the socket: who is away for a moment reads it later
      await this.#session.sendData(text, { topic: TOPIC, via: 'socket' });
      this.#add(null, 'You', text);
      $('chat-text').value = '';
      $('chat-word').hidden = true;
    } catch (error) {
      const { title, text: detail } = words(error);
      $('chat-word').textContent = `Not sent. ${title}. ${detail}`;
      $('chat-word').hidden = false;
    }
    $('chat-send').disabled = false;
    this.#grow();
    this.#show();
    $('chat-text').focus();
  }

  #name(participant) {
    const present = this.#session.participants.get(participant)?.name;
    if (present) this.#names.set(participant, present);
    return present ?? this.#names.get(participant) ?? (participant ? 'Someone' : 'The server');
  }

  #add(from, name, text) {
    const log = $('chat-log');
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 48;
    const at = Date.now();
    const mine = name === 'You' && from === null;
    if (!this.#last || this.#last.name !== name || this.#last.from !== from || at - this.#last.at > TOGETHER) {
      const time = make('time', { dateTime: new Date(at).toISOString() }, clock.format(at));
      const head = make('p', { className: 'chat-head' }, make('strong', {}, name), ' ', time);
      const list = make('article', { className: 'chat-said', data: { mine } }, head);
      log.append(list);
      this.#last = { from, name, list };
    }
    this.#last.at = at;
    this.#last.list.append(make('p', { className: 'chat-text' }, ...linked(text)));
    while (log.childElementCount > MOST) log.firstElementChild.remove();
    if (follows || mine) log.scrollTop = log.scrollHeight;
  }

  #show() {
    $('chat-empty').hidden = Boolean(this.#last);
    $('chat-log').hidden = !this.#last;
    const unread = this.#unread > 99 ? '99+' : String(this.#unread);
    $('unread').hidden = !this.#unread;
    $('unread').textContent = unread;
    if (this.#unread) $('chat').setAttribute('aria-label', `Chat, ${unread} unread`);
    else $('chat').removeAttribute('aria-label');
  }

  /** As high as what is written, up to a third of the panel. */
  #grow() {
    const field = $('chat-text');
    field.style.height = 'auto';
    if (field.scrollHeight) field.style.height = `${field.scrollHeight + 2}px`;
  }

  #toggle(open, focus = true) {
    if (open) {
      this.onopen?.();
      this.#unread = 0;
      this.#glimpse?.remove();
    }
    $('chat-panel').hidden = !open;
    $('chat').setAttribute('aria-expanded', open);
    $('chat').dataset.active = open;
    this.#show();
    if (open) $('chat-log').scrollTop = $('chat-log').scrollHeight;
    if (focus) (open ? $('chat-text') : $('chat')).focus();
  }
}

/** Text with its links as links. */
function linked(text) {
  const parts = [];
  let at = 0;
  for (const { 0: url, index } of text.matchAll(LINK)) {
    parts.push(text.slice(at, index), make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url));
    at = index + url.length;
  }
  return [...parts, text.slice(at)];
}
