/**
 * How a source is encoded for the server where the page says nothing else: the camera in three
 * sizes, of which everyone gets what fits (simulcast, RFC 8853; from low to high, as Chromium wants
 * them), a shared screen in one. Bitrates in bit/s, for 1280 × 720.
 *
 * @type {Object<string, RTCRtpEncodingParameters[]>}
 */
export const ENCODINGS = {
  camera: [
    { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
    { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
    { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
  ],
  screen: [{ maxBitrate: 2_500_000 }],
};

/** So many encodings a browser makes of a picture of so many pixels; of more it leaves out the largest. */
const ROOM = [
  { pixels: 960 * 540, encodings: 3 },
  { pixels: 480 * 270, encodings: 2 },
  { pixels: 0, encodings: 1 },
];

/**
 * What is made of a camera that is not as large as {@link ENCODINGS} has it: fewer encodings, of the
 * sizes that those have, so that the largest is the camera's own. Other encodings are as a page wants them.
 *
 * @param {RTCRtpEncodingParameters[]} [encodings]
 * @param {MediaStreamTrack} track
 */
export function fitting(encodings, track) {
  const { width, height } = track.getSettings();
  if (encodings !== ENCODINGS.camera || !width || !height) return encodings;
  const count = ROOM.find(({ pixels }) => width * height >= pixels).encodings;
  const less = 2 ** (encodings.length - count);
  return encodings.slice(0, count)
    .map((one) => ({ ...one, scaleResolutionDownBy: one.scaleResolutionDownBy / less }));
}

/** Sends another track instead, in sizes that fit it as far as there are encodings. */
export async function replace(sender, track, sendEncodings) {
  await sender.replaceTrack(track);
  const fit = track && fitting(sendEncodings, track);
  if (!fit || fit === sendEncodings) return;
  const parameters = sender.getParameters();
  const encodings = parameters.encodings ?? [];
  const spare = Math.max(0, fit.length - encodings.length); // the smallest are left out
  let same = true;
  encodings.forEach((one, at) => {
    const { scaleResolutionDownBy, maxBitrate } = fit[Math.min(at + spare, fit.length - 1)];
    same &&= (one.scaleResolutionDownBy ?? 1) === scaleResolutionDownBy && one.maxBitrate === maxBitrate;
    Object.assign(one, { scaleResolutionDownBy, maxBitrate });
  });
  if (!same) await sender.setParameters(parameters).catch(() => {}); // something else is being changed: it stays
}

/** Without what a browser may not know for its codecs; it is of use, but nothing depends on it. */
const plain = (encodings) => encodings.map(({ scalabilityMode, ...encoding }) => encoding);

/**
 * Adds a section that sends a track.
 *
 * @param {RTCPeerConnection} connection
 * @param {MediaStreamTrack} track
 * @param {RTCRtpEncodingParameters[]} [sendEncodings] absent: one encoding, by the browser's choice
 * @returns {RTCRtpTransceiver}
 */
export function send(connection, track, sendEncodings) {
  const direction = 'sendonly';
  const fit = fitting(sendEncodings, track);
  if (!fit) return connection.addTransceiver(track, { direction });
  try {
    return connection.addTransceiver(track, { direction, sendEncodings: fit });
  } catch (error) {
    if (error.name !== 'OperationError') throw error; // an unknown scalabilityMode (webrtc-svc)
    return connection.addTransceiver(track, { direction, sendEncodings: plain(fit) });
  }
}
