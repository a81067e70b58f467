import { $, confirm, copy, make, toast } from './elements.js';
import { nameOf, rest, whoAmI } from './rest.js';
import { words } from './words.js';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
const wanted = new URLSearchParams(location.search).get('room'); // where a sign-in shall lead

const roomPath = (name) => `room/${encodeURIComponent(name)}`;

/** What people type, as a room name: “Monday stand-up” is `monday-stand-up`. */
const asName = (text) =>
  text.trim().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '').slice(0, 64);

function refuse(note, error) {
  const { title, text, code } = words(error);
  note.dataset.code = code;
  note.replaceChildren(make('strong', {}, title), make('span', {}, text));
  note.hidden = false;
}

/** Runs something a button started: one at a time, and refusals become words in a note. */
async function busy(form, note, run) {
  const button = form.querySelector('button');
  note.hidden = true;
  button.disabled = true;
  try {
    await run();
  } catch (error) {
    refuse(note, error);
    if (error.code === 'not-logged-in') show(null);
  } finally {
    button.disabled = false;
  }
}

function show(account) {
  $('who').textContent = account ? nameOf(account) : '';
  $('who').parentElement.hidden = !account;
  $('sign-out').hidden = !account;
  $('sign-in').hidden = Boolean(account);
  $('own').hidden = !account;
  $('rooms').hidden = !account || account.role === 'MEMBER'; // members join, hosts make rooms
  if (!$('rooms').hidden) list();
}

async function list() {
  try {
    const answer = await rest('GET', 'rooms');
    const rooms = Array.isArray(answer) ? answer : answer?.rooms ?? [];
    $('room-list').replaceChildren(...rooms.map(line));
    $('no-rooms').hidden = rooms.length > 0;
    $('rooms-word').hidden = true;
  } catch (error) {
    refuse($('rooms-word'), error);
  } finally {
    $('loading').hidden = true;
  }
}

function line(room) {
  const facts = [
    room.name,
    room.access === 'open' ? 'open to anyone' : 'members and invited',
    room.lobby && 'lobby',
    room.locked && 'locked',
  ].filter(Boolean);
  const button = (word, onclick, style = '') =>
    make('button', { type: 'button', className: `compact ${style}`, onclick, aria: { label: `${word}: ${room.title || room.name}` } }, word);
  return make('li', { data: { room: room.name } },
    make('div', { className: 'which' },
      make('a', { href: roomPath(room.name) }, room.title || room.name),
      make('div', { className: 'small soft' }, facts.join(' · '))),
    make('div', { className: 'row' },
      button('Copy invitation', () => invite(room)),
      button('Delete', () => remove(room), 'danger plain')));
}

async function invite({ name }) {
  try {
    const { url, expires } = await rest('POST', `rooms/${encodeURIComponent(name)}/invites`, {});
    const until = expires ? ` It is valid until ${new Date(expires).toLocaleString()}.` : '';
    await copy(new URL(url, location).href, `The invitation link is copied.${until}`);
  } catch (error) {
    refuse($('rooms-word'), error);
  }
}

async function remove({ name, title }) {
  const sure = await confirm(`Delete the room “${title || name}”? A meeting in it ends, and its links stop working.`, 'Delete');
  if (!sure) return;
  try {
    await rest('DELETE', `rooms/${encodeURIComponent(name)}`);
    toast('The room is deleted.');
  } catch (error) {
    refuse($('rooms-word'), error);
  }
  await list();
  $('rooms-title').focus();
}

$('go-form').onsubmit = (event) => {
  event.preventDefault();
  const name = asName($('room').value);
  if (NAME.test(name)) location.assign(roomPath(name));
  else {
    $('room-word').textContent = 'Please enter a room name: small letters, digits, dots, dashes and underscores.';
    $('room').setAttribute('aria-invalid', 'true');
    $('room').focus();
  }
};

$('sign-in-form').onsubmit = (event) => {
  event.preventDefault();
  busy(event.target, $('sign-in-word'), async () => {
    await rest('POST', 'session', Object.fromEntries(new FormData(event.target)));
    event.target.reset();
    if (wanted) location.assign(roomPath(wanted));
    show(await whoAmI());
    ($('rooms').hidden ? $('room') : $('rooms-title')).focus();
  });
};

$('sign-out').onclick = async () => {
  await rest('DELETE', 'session').catch(() => null);
  show(null);
  $('account').focus();
};

$('password-form').onsubmit = (event) => {
  event.preventDefault();
  busy(event.target, $('password-word'), async () => {
    const { account } = (await whoAmI()) ?? {};
    const passwords = Object.fromEntries(new FormData(event.target));
    await rest('PUT', `accounts/${encodeURIComponent(account)}/password`, passwords);
    event.target.reset();
    $('own').open = false;
    show(null);
    toast('The password is changed. Sign in with the new one.');
    $('account').focus();
  });
};

$('title').oninput = () => {
  if (!$('new-name').dataset.own) $('new-name').value = asName($('title').value);
};
$('new-name').oninput = () => ($('new-name').dataset.own = $('new-name').value);

$('create-form').onsubmit = (event) => {
  event.preventDefault();
  busy(event.target, $('create-word'), async () => {
    const { title, name, access, lobby } = Object.fromEntries(new FormData(event.target));
    if (!NAME.test(name)) {
      $('new-name').focus();
      throw Object.assign(new Error(), { code: 'room-name-invalid' });
    }
    await rest('POST', 'rooms', { name, title: title || name, access, lobby: Boolean(lobby) });
    event.target.reset();
    delete $('new-name').dataset.own;
    await list();
    toast('The room is ready.');
  });
};

if (wanted) $('room').value = wanted;
const account = await whoAmI();
show(account);
if (wanted && !account) $('account').focus();
