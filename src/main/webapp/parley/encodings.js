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
  if (!sendEncodings) return connection.addTransceiver(track, { direction });
  try {
    return connection.addTransceiver(track, { direction, sendEncodings });
  } catch (error) {
    if (error.name !== 'OperationError') throw error; // an unknown scalabilityMode (webrtc-svc)
    return connection.addTransceiver(track, { direction, sendEncodings: plain(sendEncodings) });
  }
}
