import type { RoleNode } from "../../access/access-graph";
import type { Caller } from "../../iam/condition/caller";
import type { ComparedSide } from "./compare-context";
import { trustedCallers } from "../../access/callers/trusted-callers";

/**
 * The users and roles of a side that a trust policy names: by ARN, by pattern or by their account. Where it
 * names anyone, `*` stands for them all.
 */
export function inTreeCallers({ identities }: ComparedSide, role: RoleNode): readonly Caller[] {
  return trustedCallers(role).flatMap(({ name, covers }): readonly Caller[] => {
    switch (covers.kind) {
      case "one":
        return [identities.ofArn(name)].filter((each) => each !== undefined);
      case "pattern":
        return identities.matching(name);
      case "account":
        return identities.ofAccount(covers.accountId);
      case "anyone":
      case "no-identity":
        return [];
    }
  });
}
