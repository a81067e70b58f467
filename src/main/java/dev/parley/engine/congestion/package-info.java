/// Congestion control of what leaves for one peer: how much may leave, when, and what to send to
/// find out (draft-ietf-rmcat-gcc-02, draft-holmer-rmcat-transport-wide-cc-extensions-01,
/// draft-alvestrand-rmcat-remb-03), sans I/O.
///
/// [SendSide] is the whole of it for a peer. Feedback is compared with what has left (`SentLog`,
/// `FeedbackWalk`); arrivals make groups, groups a trend, the trend overuse, and overuse a cut
/// (`ArrivalGroups`, `Trendline`, `OveruseDetector`, `Aimd`, together `DelayControl`); a long queue
/// is emptied (`Drain`); loss cuts or bounds (`LossControl`); probes find out what is not used
/// (`ProbePlan`, `ProbeCluster`, together `Probing`); without transport-wide feedback REMB and
/// reports make the estimate (`ReportControl`). Nothing here allocates for a packet or a feedback,
/// but for the log when it doubles.
///
/// ## Assumptions
///
/// Where this departs from draft-ietf-rmcat-gcc-02, and where numbers come from:
///
/// - The start is 1 Mbit/s: a middle layer with audio at once. Most paths carry it, and the first
///   packet begins a probe of 3 Mbit/s whose answer, a round trip and a feedback later, corrects it
///   either way; on 400 kbit/s the queue of that time is drained within 4 s.
/// - The trend is the slope of a line through 20 groups (Carlucci and others, 2017), not a Kalman
///   filter (section 5.3). Thresholds are those of section 5.4, but K_d is 0.001: with the draft's
///   0.00018 jitter lets queues of 300 ms stand, with the 0.039 of deployed senders a flow that
///   fills queues slowly starves this one. Both were tried on the paths of the tests.
/// - Growth stops at 1.15 times what arrives (section 5.5 has 1.5): a source of layers sends far
///   less than the estimate for minutes, and is led by probes instead. Where probes are asked for
///   in vain, growth goes on unproven, or the next layer would never be tried.
/// - A queue of more than 100 ms is drained at 20 to 83 % of the capacity; the draft leaves it to
///   the cut of 15 %, for seconds. One that does not shrink then is taken for a longer route or
///   another flow's, and for 10 s cuts are of 5 %.
/// - A queue of 60 ms with arrivals at less than 75 % of the rate is a cut at once: after a fall to
///   a tenth the groups are too long for the trend to tell within half a second.
/// - Loss above 10 % makes one cut when it lasts for a second; what then remains is the path's own
///   (section 6 cuts on). Beyond 5 % it bounds the rate by 100 kbit/s / (loss - 5 %): see
///   `LossControl`.
/// - A probe lasts 25 ms, and is answered by the rate at which it arrived. One that found the path
///   full is tried again at the rate it found, for part of it may be others' share. What a probe
///   promised and a cut broke within 4 s makes the following ones slower.
/// - Packets that leave during a probe and while its queue drains are no part of the trend.
/// - Silence of a second beyond the round trip cuts by 20 % every half second (section 4.1 asks for
///   a cut and leaves how).
/// - Beside a steady flow on the same queue probes of a source of layers promise up to half too
///   much; the trend corrects that when the promise is used. Beside a greedy flow a source of
///   layers may get less than its half.
package dev.parley.engine.congestion;
