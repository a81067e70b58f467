/** The element with an id. @param {string} id @returns {HTMLElement} */
export const $ = (id) => document.getElementById(id);

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {object} [members] properties; `data` for data attributes, `aria` for ARIA attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function make(tag, { data = {}, aria = {}, ...members } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), members);
  Object.assign(element.dataset, data);
  for (const [key, value] of Object.entries(aria)) element.setAttribute(`aria-${key}`, value);
  element.append(...children);
  return element;
}

/** An icon of the page's own sprite; decoration, so the words stand beside it. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/**
 * Says something in passing, also to screen readers: `#toasts` is a live region.
 *
 * @returns {HTMLElement} what may be taken away before its time
 */
export function toast(text) {
  const said = make('p', { className: 'toast' }, text);
  $('toasts').append(said);
  setTimeout(() => said.remove(), 6000);
  return said;
}

/** Copies text and says so. */
export async function copy(text, word) {
  try {
    await navigator.clipboard.writeText(text);
    toast(word);
  } catch {
    toast(`Copy this link: ${text}`);
  }
}

/**
 * Asks before something that cannot be taken back, in the page's `#confirm` dialog.
 *
 * @returns {Promise<boolean>}
 */
export function confirm(question, yes) {
  const dialog = $('confirm');
  dialog.querySelector('p').textContent = question;
  dialog.querySelector('[value=yes]').textContent = yes;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}
