package dev.parley.protocol.rtp;

import java.util.Arrays;
import java.util.SplittableRandom;

/// A dependency descriptor of chance with its structure, as what is to be read and as octets.
final class DescriptorText {
  final int targets;
  int mask;
  private final SplittableRandom random;
  private final int offset;
  private final int template;
  private final int[] spatial;
  private final int[] temporal;
  private final int[][] indications;
  private final int[][] differences;
  private final int[][] chains;
  private final int chainCount;
  private final int[] protectedBy;
  private final int[] sizes;
  private final int[] customIndications;
  private final int[] customDifferences;
  private final int[] customChains;
  private final int number;

  DescriptorText(SplittableRandom chance) {
    random = chance;
    offset = chance.nextInt(64);
    targets = 1 + chance.nextInt(6);
    mask = (1 << targets) - 1;
    int templates = 1 + chance.nextInt(6);
    template = chance.nextInt(templates);
    number = chance.nextInt(1 << 16);
    spatial = new int[templates];
    temporal = new int[templates];
    for (int i = 1; i < templates; i++) {
      int next = chance.nextInt(3);
      spatial[i] = spatial[i - 1] + (next == 2 ? 1 : 0);
      temporal[i] = next == 2 ? 0 : temporal[i - 1] + next;
    }
    chainCount = chance.nextInt(targets + 1);
    protectedBy = some(chainCount == 0 ? 0 : targets, Math.max(1, chainCount), 0);
    indications = new int[templates][];
    differences = new int[templates][];
    chains = new int[templates][];
    for (int i = 0; i < templates; i++) {
      indications[i] = some(targets, 4, 0);
      differences[i] = some(chance.nextInt(4), 16, 1);
      chains[i] = some(chainCount, 16, 0);
    }
    sizes = some(chance.nextBoolean() ? 2 * (spatial[templates - 1] + 1) : 0, 1 << 16, 1);
    customIndications = chance.nextBoolean() ? some(targets, 4, 0) : null;
    customDifferences = chance.nextBoolean() ? some(chance.nextInt(5), 4096, 1) : null;
    customChains = chance.nextBoolean() ? some(chainCount, 256, 0) : null;
  }

  private int[] some(int count, int below, int from) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, _ -> from + random.nextInt(below));
    return numbers;
  }

  byte[] write(BitWriter bits) {
    bits.clear();
    bits.put(3, 2);
    bits.put(offset + template & 63, 6);
    bits.put(number, 16);
    bits.put(0b10, 2);
    bits.put(customIndications != null ? 1 : 0, 1);
    bits.put(customDifferences != null ? 1 : 0, 1);
    bits.put(customChains != null ? 1 : 0, 1);
    structure(bits);
    if (customIndications != null) {
      Arrays.stream(customIndications).forEach(each -> bits.put(each, 2));
    }
    if (customDifferences != null) {
      for (int each : customDifferences) {
        int size = each <= 16 ? 1 : each <= 256 ? 2 : 3;
        bits.put(size, 2);
        bits.put(each - 1, 4 * size);
      }
      bits.put(0, 2);
    }
    if (customChains != null) {
      Arrays.stream(customChains).forEach(each -> bits.put(each, 8));
    }
    return bits.octets();
  }

  private void structure(BitWriter bits) {
    bits.put(offset, 6);
    bits.put(targets - 1, 5);
    for (int i = 1; i < spatial.length; i++) {
      bits.put(spatial[i] > spatial[i - 1] ? 2 : temporal[i] - temporal[i - 1], 2);
    }
    bits.put(3, 2);
    for (int[] each : indications) {
      Arrays.stream(each).forEach(indication -> bits.put(indication, 2));
    }
    for (int[] each : differences) {
      Arrays.stream(each).forEach(difference -> bits.put(0b10000 | difference - 1, 5));
      bits.put(0, 1);
    }
    bits.below(targets + 1, chainCount);
    Arrays.stream(protectedBy).forEach(each -> bits.below(chainCount, each));
    for (int[] each : chains) {
      Arrays.stream(each).forEach(difference -> bits.put(difference, 4));
    }
    bits.put(sizes.length > 0 ? 1 : 0, 1);
    Arrays.stream(sizes).forEach(each -> bits.put(each - 1, 16));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(number)
        .append(' ')
        .append(spatial[template])
        .append(' ')
        .append(temporal[template]);
    text.append(Arrays.toString(sizes)).append(mask);
    int[] now = customIndications != null ? customIndications : indications[template];
    text.append(Arrays.toString(now));
    now = customDifferences != null ? customDifferences : differences[template];
    text.append(Arrays.toString(now));
    now = customChains != null ? customChains : chains[template];
    return text.append(Arrays.toString(now)).append(Arrays.toString(protectedBy)).toString();
  }

  static String of(DependencyDescriptor read) {
    DependencyStructure structure = read.structure();
    StringBuilder text = new StringBuilder();
    text.append(read.frameNumber()).append(' ').append(read.spatialLayer());
    text.append(' ').append(read.temporalLayer());
    boolean sized = structure.width(0) != DependencyStructure.NONE;
    int[] sizes = new int[sized ? 2 * structure.spatialLayers() : 0];
    Arrays.setAll(sizes, i -> i % 2 == 0 ? structure.width(i / 2) : structure.height(i / 2));
    text.append(Arrays.toString(sizes)).append(read.activeTargets());
    int[] now = new int[structure.targets()];
    Arrays.setAll(now, i -> DependencyDescriptor.indication(read.indications(), i));
    text.append(Arrays.toString(now));
    now = new int[read.references()];
    Arrays.setAll(now, read::difference);
    text.append(Arrays.toString(now));
    now = new int[structure.chains()];
    Arrays.setAll(now, read::chainDifference);
    text.append(Arrays.toString(now));
    now = new int[structure.chains() == 0 ? 0 : structure.targets()];
    Arrays.setAll(now, structure::protectedBy);
    return text.append(Arrays.toString(now)).toString();
  }
}
