import type { Dispositif } from '@sillage/dispositif-kit';
import { migrerFile } from '@sillage/jobs';
import { migrer } from '@sillage/persistence';

export interface OptionsSchemaBase {
  readonly urlProprietaire: string;
  /** Address of the queue's role; absent when Redis carries the queue. */
  readonly urlFile: string | undefined;
  readonly dispositifs: readonly Dispositif[];
  readonly journal: (ligne: string) => void;
}

/** Everything that a database needs before a process starts on it: the core's tables, each plugin's, the queue's. */
export async function mettreAJourBase({
  urlProprietaire,
  urlFile,
  dispositifs,
  journal,
}: OptionsSchemaBase): Promise<void> {
  const plugins = dispositifs.flatMap(({ schema, migrations }) =>
    migrations ? [{ schema, migrations: [...migrations] }] : [],
  );
  await migrer({ urlProprietaire, plugins, journal });
  if (urlFile !== undefined) await migrerFile(urlFile);
}
