import { listerDepartements, type UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import type { CleEnveloppee, ClesMaitres } from './cles-maitres.js';

/** What was sealed cannot be opened with the master keys at hand. `lignes` holds one French line a cause. */
export class ClesInaccessibles extends Error {
  override readonly name = 'ClesInaccessibles';

  constructor(readonly lignes: readonly string[]) {
    super(lignes.join('\n'));
  }
}

/**
 * To be called at boot: a process without the right master key would only find it out on the first young person it has to read,
 * or worse, would go on writing beside what nobody can read any more.
 * @throws ClesInaccessibles naming the départements, the missing master key, and what to do
 */
export async function exigerClesAccessibles(
  dataSource: DataSource,
  unites: UniteDeTravail,
  cles: ClesMaitres,
): Promise<void> {
  // Migrations have not run: nothing has been sealed yet, and the process will say that it is not ready.
  const [{ absente }] = await dataSource.query<[{ absente: boolean }]>(
    `select to_regclass('sillage.cle_departement') is null as absente`,
  );
  if (absente) return;
  const departements = await listerDepartements(dataSource);
  const conservees = await Promise.all(departements.map(({ departementId }) => lireCles(unites, departementId)));
  const lignes = direFermees(
    conservees.flat().filter((cle) => cles.ouvrir(cle) === null),
    cles,
  );
  if (lignes.length > 0) throw new ClesInaccessibles(lignes);
}

/** One line a missing master key, then one a wrapped key that its master key does not open. */
export function direFermees(fermees: readonly CleEnveloppee[], cles: ClesMaitres): string[] {
  const manquantes = fermees.filter(({ cleMaitreId }) => !cles.connait(cleMaitreId));
  return [
    ...[...new Set(manquantes.map(({ cleMaitreId }) => cleMaitreId))].map((id) => {
      const codes = manquantes
        .filter(({ cleMaitreId }) => cleMaitreId === id)
        .map(({ departementId }) => departementId);
      return (
        `La clé maître ${id} manque : sans elle, les données chiffrées ${enumerer([...new Set(codes)])} ne peuvent pas être lues. ` +
        'Remettez-la, depuis votre copie de secours, dans CLE_MAITRE, ou dans CLES_MAITRES_ANCIENNES si une autre la remplace ' +
        '(docs/cles.md).'
      );
    }),
    ...fermees
      .filter(({ cleMaitreId }) => cles.connait(cleMaitreId))
      .map(
        ({ departementId, version }) =>
          `La clé version ${version} du département ${departementId} est altérée dans la base : ` +
          'restaurez sa ligne de sillage.cle_departement depuis une sauvegarde (docs/cles.md).',
      ),
  ];
}

function enumerer(codes: readonly string[]): string {
  const [seul] = codes;
  return codes.length === 1 ? `du département ${seul}` : `des départements ${codes.join(', ')}`;
}

interface CleLue {
  readonly version: number;
  readonly enveloppe: string;
  readonly cleMaitreId: string;
}

async function lireCles(unites: UniteDeTravail, departementId: string): Promise<CleEnveloppee[]> {
  const texte = await unites.lireTexte(departementId, {
    texte: `select json_agg(json_build_object(
              'version', version, 'enveloppe', encode(enveloppe, 'base64'), 'cleMaitreId', cle_maitre_id) order by version)::text
              from sillage.cle_departement where departement_id = $1 and enveloppe is not null`,
    valeurs: [departementId],
    legere: true,
  });
  const lues = JSON.parse(texte ?? '[]') as CleLue[];
  return lues.map(({ enveloppe, ...cle }) => ({ ...cle, departementId, enveloppe: Buffer.from(enveloppe, 'base64') }));
}
