import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeIfDifferent } from "../system/write-if-different";
import { fileText } from "../system/file-text";

/**
 * Writes files, then does what makes them count, such as writing the map that refers to them; if that
 * fails, the files are as they were. A run that is killed in between leaves files that nothing refers to.
 *
 * @param last returns or throws the problem
 */
export function writeTogether<Failure>(
  root: string,
  files: ReadonlyMap<string, string>,
  last: () => Failure | undefined,
): Failure | undefined {
  const before = new Map([...files.keys()].map((name) => [name, fileText(join(root, name))]));
  const undo = (): void => {
    for (const [name, text] of before) {
      if (text === undefined) rmSync(join(root, name), { force: true });
      else writeIfDifferent(join(root, name), text);
    }
  };
  try {
    for (const [name, text] of files) writeIfDifferent(join(root, name), text);
    const failure = last();
    if (failure !== undefined) undo();
    return failure;
  } catch (error) {
    undo();
    throw error;
  }
}
