import { Option } from "commander";

/** How an answer about access is printed. */
export type AccessFormat = "text" | "json";

/** The option that says how an answer is printed. */
export function formatOption(): Option {
  return new Option("-f, --format <format>", "how the answer is printed")
    .choices(["text", "json"])
    .default("text");
}

/** The option that names Terraform to ask about. */
export function dirOption(): Option {
  return new Option(
    "-d, --dir <folder>",
    "ask the Terraform below a folder, instead of synthesizing it",
  );
}
