import type { Answer } from "./iam-gate";

/**
 * The tags of SAML providers, which the emulator takes and forgets (moto 5.2.1): they are kept from the requests
 * that give them, and written into the answers that tell of a provider, as IAM does.
 */
export class SamlTags {
  readonly #tags = new Map<string, Map<string, string>>();

  /** An answer of the emulator to a request, with the tags that it left out. */
  complete(parameters: Readonly<Record<string, string>>, answer: Answer): Answer {
    const { Action } = parameters;
    if (answer.status !== 200) return answer;
    const [, made = ""] = /<SAMLProviderArn>([^<]+)</.exec(answer.body) ?? [];
    const arn = parameters.SAMLProviderArn ?? made;
    const tags = this.#tags.get(arn) ?? new Map<string, string>();
    switch (Action) {
      case "CreateSAMLProvider":
      case "TagSAMLProvider":
        for (let index = 1; ; index += 1) {
          const key = parameters[`Tags.member.${index}.Key`];
          if (key === undefined) break;
          tags.set(key, parameters[`Tags.member.${index}.Value`] ?? "");
        }
        this.#tags.set(arn, tags);
        return answer;
      case "UntagSAMLProvider":
        for (let index = 1; ; index += 1) {
          const key = parameters[`TagKeys.member.${index}`];
          if (key === undefined) break;
          tags.delete(key);
        }
        return answer;
      case "GetSAMLProvider": {
        const members = [...tags].map(
          ([key, value]) => `<member><Key>${key}</Key><Value>${value}</Value></member>`,
        );
        const list = `<Tags>${members.join("")}</Tags></GetSAMLProviderResult>`;
        return { ...answer, body: answer.body.replace("</GetSAMLProviderResult>", list) };
      }
      default:
        return answer;
    }
  }
}
