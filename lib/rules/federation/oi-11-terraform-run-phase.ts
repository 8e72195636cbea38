import type { Rule } from "../rule";

export const terraformRunPhase: Rule = {
  id: "OI-11",
  severity: "error",
  summary: "a subject of HCP Terraform has all its parts, the phase of the run among them",
  why: "The subject is always `organization:O:project:P:workspace:W:run_phase:plan` or `...:apply`: with a part missing it never matches.",
  source: "HashiCorp, workload identity tokens; AWS Control Tower Account Factory for Terraform",
  *inDocuments(context) {
    for (const { issuer, subject, place } of context.subjects) {
      if (issuer !== "app.terraform.io") continue;
      if ((/[*?]/.test(subject) ? OPEN : COMPLETE).test(subject)) continue;
      yield {
        ...place,
        message: `a subject of HCP Terraform is \`organization:O:project:P:workspace:W:run_phase:PHASE\`, got ${JSON.stringify(subject)}`,
        help: "end it with `:run_phase:plan`, `:run_phase:apply` or `:run_phase:*`",
      };
    }
  },
};

const COMPLETE = /^organization:[^:]+:project:[^:]+:workspace:[^:]+:run_phase:(?:plan|apply)$/;
// A wildcard can stand for whole parts, but not for what is missing at the end.
const OPEN = /(?::run_phase:(?:plan|apply|[^:]*\?[^:]*)|\*)$/;
