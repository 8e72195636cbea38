import type { ActionsOfService } from "../../../../lib/access/permissions/actions-by-service";
import { importantFirst } from "../../../../lib/review/words/service-order";

test("services stand by what can be done, then by how much they matter, then by name", () => {
  const of = (service: string, ...levels: ActionsOfService["levels"]): ActionsOfService => ({
    service,
    levels,
    actions: [],
  });
  const services = [
    of("a4b", "List"),
    of("zeta", "Read", "Permissions management"),
    of("iam", "List"),
    of("acm", "Write"),
    of("s3", "Write", "Read"),
    of("aiops", "unknown"),
    of("abc", "Write"),
  ];
  expect(importantFirst(services).map(({ service }) => service)).toEqual([
    "zeta",
    "s3",
    "abc",
    "acm",
    "iam",
    "a4b",
    "aiops",
  ]);
});
