/** What a tile may look like: the smallest in CSS pixels, the narrowest and the widest (width to height). */
const SMALLEST = { width: 104, height: 84 };
const NARROWEST = 3 / 4;
const WIDEST = 2;

/** A camera's picture has this shape: the columns are chosen so that one is as large as possible. */
const PICTURE = 16 / 9;

/**
 * Shares a stage between tiles of one size.
 *
 * @param {number} count how many tiles
 * @param {number} width of the stage, in CSS pixels
 * @param {number} height
 * @param {number} gap between tiles
 * @returns {{width: number, height: number}} the size of a tile; where all together are higher than
 *     the stage, it scrolls
 */
export function share(count, width, height, gap) {
  if (count <= 1) return { width, height };
  let best = null;
  for (let columns = 1; columns <= count; columns++) {
    const tile = cell(count, columns, width, height, gap);
    const picture = Math.min(tile.width, tile.height * PICTURE);
    if (!best || picture > best.picture + 0.5) best = { ...tile, picture };
  }
  if (best.width >= SMALLEST.width && best.height >= SMALLEST.height) return floor(best);
  const columns = Math.max(1, Math.floor((width + gap) / (SMALLEST.width + gap)));
  const wide = (width - gap * (columns - 1)) / columns;
  return floor({ width: wide, height: Math.max(SMALLEST.height, wide / PICTURE) });
}

function cell(count, columns, width, height, gap) {
  const rows = Math.ceil(count / columns);
  const wide = (width - gap * (columns - 1)) / columns;
  const high = (height - gap * (rows - 1)) / rows;
  return { width: Math.min(wide, high * WIDEST), height: Math.min(high, wide / NARROWEST) };
}

const floor = ({ width, height }) => ({ width: Math.floor(width), height: Math.floor(height) });
