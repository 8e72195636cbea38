/** A partition of AWS: accounts, ARNs and credentials never cross from one to another (rules PT-01, PT-03). */
export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f"
  | "aws-eusc";

interface PartitionFacts {
  /** Which region names belong to the partition (rule PT-04). */
  readonly region: RegExp;
  /** The audience of SAML assertions, where it is known (rule SA-01). */
  readonly samlAudience?: string;
}

// Source: botocore's partitions.json (rule PT-01).
const PARTITION_FACTS: Record<Partition, PartitionFacts> = {
  aws: {
    region: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    samlAudience: "https://signin.aws.amazon.com/saml",
  },
  "aws-cn": { region: /^cn-\w+-\d+$/, samlAudience: "https://signin.amazonaws.cn/saml" },
  "aws-us-gov": {
    region: /^us-gov-\w+-\d+$/,
    samlAudience: "https://signin.amazonaws-us-gov.com/saml",
  },
  "aws-iso": { region: /^us-iso-\w+-\d+$/ },
  "aws-iso-b": { region: /^us-isob-\w+-\d+$/ },
  "aws-iso-e": { region: /^eu-isoe-\w+-\d+$/ },
  "aws-iso-f": { region: /^us-isof-\w+-\d+$/ },
  "aws-eusc": { region: /^eusc-(de)-\w+-\d+$/ },
};

/** All partitions, in the order of AWS's own list. */
export const PARTITIONS = Object.keys(PARTITION_FACTS) as readonly Partition[];

/** Whether a region is in a partition (rule PT-04). */
export function isRegionOf(partition: Partition, region: string): boolean {
  return PARTITION_FACTS[partition].region.test(region);
}

/** The partition that a region is in, or `undefined` for a name that no partition has (rule PT-04). */
export function partitionOfRegion(region: string): Partition | undefined {
  return PARTITIONS.find((partition) => isRegionOf(partition, region));
}

/** The audience that SAML assertions carry for sign-in to a partition (rule SA-01), where it is known. */
export function samlAudience(partition: Partition): string | undefined {
  return PARTITION_FACTS[partition].samlAudience;
}
