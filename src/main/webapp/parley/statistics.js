/**
 * What a call sends and receives, one entry per other participant, from `RTCPeerConnection.getStats`.
 *
 * @param {MeshCall} call
 * @returns {Promise<Array<{id: string, state: string, framesDecoded: number, framesSent: number,
 *     audioPackets: number, audioSamples: number, audioEnergy: number, packetsLost: number,
 *     roundTripTime: ?number, local: ?string, remote: ?string, protocol: ?string}>>} counts since the
 *     connection began, times in seconds; `local` and `remote` are the candidate types in use
 */
export async function statistics(call) {
  const all = [...call.peers].map(async ([id, { connection }]) => {
    const reports = [...(await connection.getStats()).values()];
    const find = (type, kind) => reports.filter((one) => one.type === type && (!kind || one.kind === kind));
    const sum = (list, member) => list.reduce((total, one) => total + (one[member] ?? 0), 0);
    const byId = (key) => reports.find((one) => one.id === key);
    const [video, audio] = [find('inbound-rtp', 'video'), find('inbound-rtp', 'audio')];
    const transport = find('transport')[0];
    const pair =
      byId(transport?.selectedCandidatePairId) ??
      find('candidate-pair').find((one) => one.nominated && one.state === 'succeeded');
    const local = byId(pair?.localCandidateId);
    return {
      id,
      state: connection.connectionState,
      framesDecoded: sum(video, 'framesDecoded'),
      framesSent: sum(find('outbound-rtp', 'video'), 'framesSent'),
      audioPackets: sum(audio, 'packetsReceived'),
      audioSamples: sum(audio, 'totalSamplesReceived'),
      audioEnergy: sum(audio, 'totalAudioEnergy'),
      packetsLost: sum(video, 'packetsLost') + sum(audio, 'packetsLost'),
      roundTripTime: pair?.currentRoundTripTime ?? null,
      local: local?.candidateType ?? null,
      remote: byId(pair?.remoteCandidateId)?.candidateType ?? null,
      protocol: local?.protocol ?? null,
    };
  });
  return Promise.all(all);
}
