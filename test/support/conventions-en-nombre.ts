import type { Client } from 'pg';

/**
 * Copies of a signed convention with its candidature, its bilan and its payments, under ids and numbers of their own: what a département
 * has after years. Numbered after the `deja` copies that there are. As a superuser.
 */
export async function multiplierConvention(
  client: Client,
  conventionId: string,
  nombre: number,
  deja = 0,
): Promise<void> {
  await client.query(
    `create temporary table copies on commit preserve rows as
     select rang, uuidv7() as convention_id, uuidv7() as candidature_id, uuidv7() as bilan_id,
            c.departement_id, c.id as modele_id, c.candidature_id as candidature_modele_id
       from sillage.convention c, generate_series(${deja + 1}, ${deja + nombre}) rang where c.id = $1`,
    [conventionId],
  );
  const copier = (table: string, colonnes: Readonly<Record<string, string>>, depuis: string): Promise<unknown> =>
    client.query(
      `insert into sillage.${table} (${Object.keys(colonnes).join(', ')})
       select ${Object.values(colonnes).join(', ')} from copies x join sillage.${table} t on t.departement_id = x.departement_id and ${depuis}`,
    );
  const memes = (...noms: string[]) => Object.fromEntries(noms.map((nom) => [nom, `t.${nom}`]));
  await copier(
    'candidature',
    {
      ...memes(
        'departement_id',
        'appel_id',
        'dispositif',
        'structure_id',
        'etat',
        'champs',
        'version',
        'cree_le',
        'cree_par',
      ),
      ...memes('modifie_le', 'deposee_le', 'validee_le'),
      id: 'x.candidature_id',
      numero: `'CAND-COPIE-' || x.rang`,
    },
    't.id = x.candidature_modele_id',
  );
  await copier(
    'candidature_territoire',
    { ...memes('departement_id', 'territoire_id'), candidature_id: 'x.candidature_id' },
    't.candidature_id = x.candidature_modele_id',
  );
  await copier(
    'convention',
    {
      ...memes(
        'departement_id',
        'dispositif',
        'structure_id',
        'etat',
        'du',
        'au',
        'montant_centimes',
        'termes',
        'plafond',
      ),
      ...memes('cree_le', 'cree_par', 'modifie_le', 'signee_le'),
      id: 'x.convention_id',
      candidature_id: 'x.candidature_id',
      numero: `'CONV-COPIE-' || x.rang`,
    },
    't.id = x.modele_id',
  );
  await copier(
    'convention_territoire',
    { ...memes('departement_id', 'territoire_id'), convention_id: 'x.convention_id' },
    't.convention_id = x.modele_id',
  );
  await copier(
    'bilan',
    {
      ...memes(
        'departement_id',
        'dispositif',
        'structure_id',
        'etat',
        'champs',
        'retenus',
        'version',
        'motif',
        'cree_le',
      ),
      ...memes('modifie_le', 'remis_le', 'remis_par', 'confirme_le', 'confirme_par'),
      id: 'x.bilan_id',
      convention_id: 'x.convention_id',
      numero: `'BIL-COPIE-' || x.rang`,
    },
    't.convention_id = x.modele_id',
  );
  await copier(
    'versement',
    {
      ...memes(
        'departement_id',
        'dispositif',
        'structure_id',
        'tranche',
        'sens',
        'montant_centimes',
        'explication',
        'etat',
      ),
      ...memes('propose_le'),
      id: 'uuidv7()',
      convention_id: 'x.convention_id',
      numero: `t.tranche || '-COPIE-' || x.rang`,
    },
    't.convention_id = x.modele_id',
  );
  await client.query('drop table copies');
}
