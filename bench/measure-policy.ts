import { proveContained } from "../lib/access/prove/prove-contained";
import { Stopwatch, tell } from "./measurement";
import { widePolicy } from "./wide-policy";

// One large trust policy held against the same access in other words, both ways: measure-policy.ts
const accounts = new Map([["111111111111", { organizationId: "o-exampleorg1" }]]);
const roleArn = "arn:aws:iam::111111111111:role/wide";
const watch = new Stopwatch();
const { written, rewritten } = watch.unmeasured(widePolicy);
watch.phase("prove", () => {
  for (const [granted, declared] of [
    [written, rewritten],
    [rewritten, written],
  ] as const) {
    const { verdict } = proveContained({ roleArn, granted, declared, accounts });
    if (verdict !== "proved") throw new Error(`the same access is ${verdict}`);
  }
});
tell(watch.stop());
