import { isGithubIssuer } from "../../iam/federation/github-issuer";
import { issuerOf } from "../../iam/arn";
import type { Rule } from "../rule";

export const githubInChina: Rule = {
  id: "OI-17",
  severity: "warning",
  summary:
    "GitHub Actions is trusted in China with the audience that its action documents for China",
  why: "The audience is what the workflow asks GitHub for. The README of configure-aws-credentials asks for `sts.amazonaws.com.cn` in China; a trust policy with another audience allows no such workflow.",
  source: "aws-actions/configure-aws-credentials, README, Audience",
  *inMap(context) {
    for (const { wayIn, accounts } of context.entrances) {
      const { principal, at } = wayIn;
      if (principal.kind !== "githubActions" && principal.kind !== "oidc") continue;
      const { provider } = principal;
      const audiences = principal.kind === "oidc" ? principal.audiences : provider.audiences;
      const chinese = accounts.find(({ partition }) => partition === "aws-cn");
      if (chinese === undefined || !isGithubIssuer(issuerOf(provider.url).toLowerCase())) continue;
      if (audiences.some((audience) => audience !== USUAL)) continue;
      yield {
        at: [...at, principal.kind],
        atKey: true,
        message: `the role in \`${chinese.key}\` is in \`aws-cn\`, and accepts GitHub's tokens for \`${USUAL}\` only`,
        help: `name a provider with \`audiences: [${USUAL}.cn]\`, and write \`audience: ${USUAL}.cn\` in the workflow; or accept this finding if the workflow asks for \`${USUAL}\``,
      };
    }
  },
};

const USUAL = "sts.amazonaws.com";
