import { arnPartition } from "./pt-02-arn-partition";
import type { Section } from "../rule";
import { samePartition } from "./pt-03-same-partition";

export const PARTITIONS: Section = {
  title: "Partitions",
  entries: [
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/partitions.test.ts",
      id: "PT-01",
      summary: "a partition is one of the eight AWS partitions, and ARNs use its ID",
      why: "An ARN with another partition names nothing.",
      source: "botocore, partitions.json",
    },
    { status: "checked", rule: arnPartition },
    { status: "checked", rule: samePartition },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "PT-04",
      summary: "the region of an account is in its partition",
      why: "The provider could reach no endpoint there.",
      source: "botocore, partitions.json",
    },
  ],
};
