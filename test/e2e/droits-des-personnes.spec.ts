import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tablesPersonnelles } from '@sillage/core';
import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import { horlogeFixe } from '@sillage/kernel';
import { TemoinDesLectures } from '@sillage/read';
import { creerJournal } from '@sillage/socle';
import { creerWorker, type Worker } from '@sillage/worker';
import { Client } from 'pg';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, environnementEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter, type ReponseLue } from '../support/parcours-coordo-ase.js';
import { restaurer, sauver } from '../support/sauvegarde-personne.js';
import { scellerNotes } from '../support/sceller-notes.js';
import { semerAccompagnements } from '../support/semer-accompagnements.js';
import { texteParTable } from '../support/texte-de-la-base.js';

const RACINE = join(import.meta.dirname, '../..');
const COORDONNEES = {
  telephone: '06 12 34 56 78',
  courriel: 'canari@exemple.test',
  adresse: '12 rue du Canari, Lens',
  representants: 'Madame Canari, mère, 06 00 00 00 01',
};
const NOTES = { lieu: 'Chez la tante du canari', commentaire: 'A parlé de son canari.' };
const DOSSIER = `jeuneId numero prenom nom dateNaissance commune telephone courriel adresse representants limiteLe limiteMotif
  archiveLe effaceLe accompagnements rectifications(first: 10) { nodes { champ ancienne motif } }`;

let gateway: GatewayEssai;
let admin: Client;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  admin = new Client({ connectionString: gateway.base.urlAdmin });
  await admin.connect();
  await avecClient(gateway.base.urlProprietaire, async (client) => {
    await semerAccompagnements(client, '62', 40);
    await semerAccompagnements(client, '99', 8);
  });
  await admin.query(`update sillage.jeune set cree_le = '2025-01-05T09:00:00+01:00'`);
  await scellerNotes(gateway, '62', NOTES);
});
afterAll(async () => {
  await admin?.end();
  await gateway?.arreter();
});

/** Young people whose accompagnements are all in that state, by rank. */
async function jeune(etat: string, rang: number): Promise<{ id: string; numero: string; accompagnement: string }> {
  const { rows } = await admin.query<{ id: string; numero: string; accompagnement: string }>(
    `select 'Jeune-' || j.id as id, j.numero, 'Accompagnement-' || a.id as accompagnement
       from sillage.jeune j join sillage.accompagnement a on a.jeune_id = j.id and a.departement_id = j.departement_id
      where j.departement_id = '62' and a.etat = $1 and exists (select from sillage.acte x where x.accompagnement_id = a.id)
      order by j.numero offset $2 limit 1`,
    [etat, rang],
  );
  return rows[0]!;
}

const faire = (nom: string, selection: string, input: object, compte = 'siege'): Promise<ReponseLue> =>
  muter(gateway, compte, nom, selection, input);
const surDossier = (nom: string, input: object, compte?: string): Promise<ReponseLue> =>
  faire(nom, `dossier { ${DOSSIER} }`, input, compte);

async function dossier(jeuneId: string, compte = 'siege'): Promise<Record<string, unknown> | null> {
  const document = `query ($jeuneId: ID!) { dossierPersonnel(jeuneId: $jeuneId) { ${DOSSIER} } }`;
  const lu = await lire<{ dossierPersonnel: Record<string, unknown> | null }>(gateway, compte, document, { jeuneId });
  return lu.dossierPersonnel;
}

/** What somebody who follows the dossier sees of the person. */
async function suivi(accompagnement: string, compte = 'siege'): Promise<unknown> {
  const document = `query ($id: ID!) { accompagnement(id: $id) { numero
    jeune { nom prenom telephone } actes(first: 1) { nodes { lieu commentaire } } } }`;
  return (await lire<{ accompagnement: unknown }>(gateway, compte, document, { id: accompagnement })).accompagnement;
}

const toutLeTexte = async (): Promise<string> => [...(await texteParTable(admin)).values()].join('\n');

describe('Rights of persons', () => {
  it('every table that leads to a young person is declared: exported, and erased or kept', async () => {
    const { rows } = await admin.query<{ nom: string }>(
      `select distinct n.nspname || '.' || c.relname as nom
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         left join pg_attribute a on a.attrelid = c.oid and a.attname in ('jeune_id', 'accompagnement_id') and not a.attisdropped
         left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
           and k.confrelid in ('sillage.jeune'::regclass, 'sillage.accompagnement'::regclass)
        where c.relkind = 'r' and (n.nspname = 'sillage' or n.nspname like 'plugin_%') and (a.attname is not null or k.oid is not null)`,
    );
    const declarees = tablesPersonnelles(new RegistreDispositifs(dispositifs)).map(({ table }) => table);
    expect(declarees.toSorted()).toEqual([...rows.map(({ nom }) => nom), 'sillage.jeune'].toSorted());
  });

  it('rectifies, keeps what was written before, and writes nothing in clear', async () => {
    const { id } = await jeune('TERMINE', 0);
    const avant = await dossier(id);
    const input = { jeuneId: id, nom: 'Canari', ...COORDONNEES, motif: 'La personne l’a demandé.' };
    const { dossier: apres, errors } = await surDossier('jeuneRectifier', input);
    expect(errors).toEqual([]);
    expect(apres).toMatchObject({ nom: 'Canari', prenom: avant?.['prenom'], ...COORDONNEES });
    await surDossier('jeuneRectifier', { ...input, telephone: null });
    expect(await dossier(id)).toMatchObject({
      telephone: null,
      courriel: COORDONNEES.courriel,
      rectifications: {
        nodes: expect.arrayContaining([
          { champ: 'telephone', ancienne: COORDONNEES.telephone, motif: input.motif },
          { champ: 'telephone', ancienne: null, motif: input.motif },
          { champ: 'nom', ancienne: 'Essai', motif: input.motif },
        ]),
      },
    });
    const texte = await toutLeTexte();
    for (const secret of [...Object.values(COORDONNEES), ...Object.values(NOTES)]) expect(texte).not.toContain(secret);
    // The name is in the table of names, and nowhere else.
    expect(texte.split('Canari')).toHaveLength(2);
  });

  it.each([
    [{ telephone: 'appelez-moi' }, 'VALEUR_INVALIDE', 'telephone'],
    [{ courriel: 'canari' }, 'VALEUR_INVALIDE', 'courriel'],
    [{ nom: ' \u200b ' }, 'CHAMP_OBLIGATOIRE', 'nom'],
    [{ prenom: null }, 'CHAMP_OBLIGATOIRE', 'prenom'],
    [{ dateNaissance: '2027-01-01' }, 'VALEUR_INVALIDE', 'dateNaissance'],
    [{ commune: '00000' }, 'INTROUVABLE', 'commune'],
    [{ adresse: 'x'.repeat(501) }, 'VALEUR_INVALIDE', 'adresse'],
    [{ nom: 'A', motif: ' ' }, 'CHAMP_OBLIGATOIRE', 'motif'],
  ])('refuses a rectification (%#) and changes nothing', async (saisie, code, champ) => {
    const { id } = await jeune('TERMINE', 1);
    const avant = await dossier(id);
    const { errors } = await surDossier('jeuneRectifier', { jeuneId: id, motif: 'Essai', ...saisie });
    expect(errors).toMatchObject([{ code, path: ['input', champ], message: expect.any(String) }]);
    expect(await dossier(id)).toEqual(avant);
  });

  it('limits: who follows the person no longer sees a name nor a note, the siège does, nothing is erased', async () => {
    const { id, accompagnement, numero } = await jeune('TERMINE', 2);
    const avant = await suivi(accompagnement);
    expect(avant).toMatchObject({ jeune: { nom: 'Essai' }, actes: { nodes: [NOTES] } });
    const { dossier: limite } = await surDossier('jeuneLimiter', { jeuneId: id, motif: 'Exactitude contestée' });
    expect(limite).toMatchObject({ nom: 'Essai', limiteLe: expect.any(String), limiteMotif: 'Exactitude contestée' });
    expect(await suivi(accompagnement)).toMatchObject({
      numero: expect.any(String),
      jeune: { nom: null, prenom: null, telephone: null },
      actes: { nodes: [{ lieu: null, commentaire: null }] },
    });
    const refus = await surDossier('jeuneEffacer', { jeuneId: id, motif: 'DEMANDE' });
    expect(refus.errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE', path: ['input', 'jeuneId'] }]);
    expect((await surDossier('jeuneLimiter', { jeuneId: id, motif: 'x' })).errors).toHaveLength(1);
    expect((await surDossier('jeuneLeverLimitation', { jeuneId: id })).errors).toEqual([]);
    expect(await suivi(accompagnement)).toEqual(avant);
    expect((await dossier(id))?.['numero']).toBe(numero);
  });

  it('hands over all that is held on one person, and on nobody else; the reading is kept', async () => {
    const { id, numero } = await jeune('TERMINE', 0);
    const { export: remis, errors } = await faire('jeuneExporter', 'export { json document }', { jeuneId: id });
    expect(errors).toEqual([]);
    const { json, document } = remis as { json: { numero: string }; document: string };
    const texte = JSON.stringify(json);
    for (const attendu of ['Canari', COORDONNEES.adresse, COORDONNEES.representants, NOTES.commentaire, numero]) {
      expect(texte).toContain(attendu);
      expect(document).toContain(attendu);
    }
    expect(document).toMatch(/^# Données détenues sur le dossier J-\d+\n\n## Dossier\n\n- Numéro : J-/);
    const { rows } = await admin.query<{ prenom: string }>('select prenom from sillage.identite');
    const autres = rows.map(({ prenom }) => prenom).filter((prenom) => document.includes(prenom));
    expect(autres).toHaveLength(1);
    const { rows: traces } = await admin.query(
      `select from sillage.journal where action = 'jeuneExporter' and objet_id = $1`,
      [id.replace('Jeune-', '')],
    );
    expect(traces).toHaveLength(1);
    await gateway.app.get<TemoinDesLectures, { vider(): Promise<void> }>(TemoinDesLectures).vider();
    const { rows: lectures } = await admin.query(
      `select champs from sillage.journal_lecture where depart = 'jeuneExporter' and jeune_ids = array[$1::uuid]`,
      [id.replace('Jeune-', '')],
    );
    expect(lectures).toEqual([{ champs: ['Jeune.*'] }]);
  });

  it('is the siège’s alone: others are told that the person does not exist', async () => {
    const { id } = await jeune('TERMINE', 0);
    for (const compte of ['association', 'slai-lens', 'administrateur', 'dpd']) {
      expect(await dossier(id, compte)).toBeNull();
      const { errors } = await surDossier('jeuneEffacer', { jeuneId: id, motif: 'DEMANDE' }, compte);
      expect(errors).toMatchObject([{ code: 'INTROUVABLE', path: ['input', 'jeuneId'] }]);
    }
    const ailleurs = id.replace(/.$/, (dernier) => (dernier === '0' ? '1' : '0'));
    const { errors } = await surDossier('jeuneEffacer', { jeuneId: ailleurs, motif: 'DEMANDE' }, 'association');
    expect(errors).toMatchObject([{ code: 'INTROUVABLE', path: ['input', 'jeuneId'] }]);
  });
});

describe('Erasure', () => {
  it('is refused while somebody follows the person', async () => {
    for (const etat of ['EN_COURS', 'EN_ATTENTE']) {
      const { id } = await jeune(etat, 0);
      const { errors } = await surDossier('jeuneEffacer', { jeuneId: id, motif: 'DEMANDE' });
      expect(errors).toMatchObject([
        { code: 'ETAT_INCOMPATIBLE', message: expect.stringMatching(/ACC-\d+ n’est pas terminé/) },
      ]);
    }
  });

  it('leaves nothing that names the person and all that is counted, even after a restored backup', async () => {
    const { id, accompagnement } = await jeune('TERMINE', 0);
    const uuid = id.replace('Jeune-', '');
    const comptes = async (): Promise<unknown> =>
      (
        await admin.query(
          `select (select count(*) from sillage.jeune) j, (select count(*) from sillage.accompagnement) a, (select count(*) from sillage.acte) x`,
        )
      ).rows[0];
    const avant = await comptes();
    const sauvegarde = await sauver(admin, uuid);
    const cle = { clientMutationId: 'effacer-1' };
    const premier = await surDossier('jeuneEffacer', { jeuneId: id, motif: 'DEMANDE', ...cle });
    expect(premier.errors).toEqual([]);
    expect(await surDossier('jeuneEffacer', { jeuneId: id, motif: 'DEMANDE', ...cle })).toEqual(premier);
    expect(premier['dossier']).toMatchObject({
      prenom: null,
      nom: null,
      commune: null,
      dateNaissance: '2005-01-01',
      telephone: null,
      rectifications: { nodes: [] },
      effaceLe: expect.any(String),
    });
    expect(await suivi(accompagnement)).toMatchObject({
      jeune: { nom: null, prenom: null },
      actes: { nodes: [{ lieu: null, commentaire: null }] },
    });
    expect(await comptes()).toEqual(avant);
    expect(await toutLeTexte()).not.toContain('Canari');
    expect((await surDossier('jeuneEffacer', { jeuneId: id, motif: 'DEMANDE' })).errors).toMatchObject([
      { code: 'ETAT_INCOMPATIBLE' },
    ]);

    const dit = await journalDuWorker();
    expect(dit).toContain(`EFFACEMENT 62/${uuid}`);
    await restaurer(admin, uuid, sauvegarde);
    expect(await dossier(id)).toMatchObject({ nom: 'Canari', effaceLe: null });
    const { stdout } = await rejouer(dit);
    expect(stdout).toContain('1 personne(s) revenue(s) effacée(s) à nouveau');
    expect(await dossier(id)).toMatchObject({ nom: null, telephone: null, effaceLe: expect.any(String) });
    expect((await rejouer(dit)).stdout).toContain('0 personne(s) revenue(s)');
  });
});

describe('Duration of conservation (AMB-165)', () => {
  const LISTE = `{ propositionsConservation(first: 50, etats: [PROPOSEE]) { nodes { id jeuneId nature echeance dernierContact } } }`;
  interface PropositionLue {
    id: string;
    jeuneId: string;
    nature: string;
    echeance: string;
    dernierContact: string;
  }
  const propositions = async (): Promise<PropositionLue[]> =>
    (await lire<{ propositionsConservation: { nodes: PropositionLue[] } }>(gateway, 'siege', LISTE))
      .propositionsConservation.nodes;
  const viser = (propositionId: string, confirmer: boolean, compte = 'siege'): Promise<ReponseLue> =>
    faire('conservationViser', 'proposition { etat bilan }', { propositionId, confirmer, motif: 'Vu.' }, compte);

  it('proposes every night what is due, a person confirms, and names are reserved then erased', async () => {
    await passerLaNuit('2026-12-01T04:00:00+01:00');
    expect(await propositions()).toEqual([]);
    await passerLaNuit('2028-02-02T04:00:00+01:00');
    const dues = await propositions();
    expect(dues.length).toBeGreaterThan(5);
    expect(new Set(dues.map(({ nature }) => nature))).toEqual(new Set(['ARCHIVER']));
    const { rows: suivis } = await admin.query<{ id: string }>(
      `select 'Jeune-' || jeune_id as id from sillage.accompagnement where etat in ('EN_COURS', 'EN_ATTENTE')`,
    );
    for (const { id } of suivis) expect(dues.map(({ jeuneId }) => jeuneId)).not.toContain(id);

    await passerLaNuit('2028-02-03T04:00:00+01:00');
    expect((await propositions()).map(({ id }) => id)).toEqual(dues.map(({ id }) => id));

    const [un, deux, trois] = dues as [PropositionLue, PropositionLue, PropositionLue];
    expect((await viser(un.id, true, 'association')).errors).toMatchObject([{ code: 'INTROUVABLE' }]);
    expect(await viser(un.id, true)).toMatchObject({ errors: [], proposition: { etat: 'CONFIRMEE' } });
    expect((await viser(un.id, true)).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE' }]);
    expect(await viser(deux.id, false)).toMatchObject({ errors: [], proposition: { etat: 'ECARTEE', bilan: null } });
    expect(await dossier(un.jeuneId)).toMatchObject({ nom: 'Essai', archiveLe: expect.any(String) });
    const [acc] = ((await dossier(un.jeuneId))?.['accompagnements'] ?? []) as string[];
    const { rows } = await admin.query<{ id: string }>(
      `select 'Accompagnement-' || id as id from sillage.accompagnement where numero = $1 and departement_id = '62'`,
      [acc],
    );
    expect(await suivi(rows[0]!.id)).toMatchObject({ jeune: { nom: null } });

    // Seen again since: it is no longer due.
    await admin.query(
      `update sillage.acte set date = '2028-01-15' where accompagnement_id in
      (select id from sillage.accompagnement where jeune_id = $1)`,
      [trois.jeuneId.replace('Jeune-', '')],
    );
    await admin.query(`update sillage.accompagnement set au = '2028-01-15' where jeune_id = $1`, [
      trois.jeuneId.replace('Jeune-', ''),
    ]);
    expect((await viser(trois.id, true)).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE' }]);

    await passerLaNuit('2031-02-02T04:00:00+01:00');
    const ensuite = (await propositions()).find(({ jeuneId }) => jeuneId === un.jeuneId);
    expect(ensuite).toMatchObject({ nature: 'EFFACER' });
    const fait = await viser(ensuite!.id, true);
    expect(fait).toMatchObject({ errors: [], proposition: { bilan: { 'sillage.identite': 1 } } });
    expect(await dossier(un.jeuneId)).toMatchObject({ nom: null, effaceLe: expect.any(String) });
  });
});

/** A worker at that instant, until the night's proposals are made. */
async function passerLaNuit(instant: string): Promise<void> {
  gateway.horloge.avancerA(instant);
  const worker = await ouvrirWorker(instant);
  await finDesJobs();
  await worker.arreter();
}

/** What a worker writes in the log once it has no job left: in one process, it is the gateway's. */
async function journalDuWorker(): Promise<string> {
  const worker = await ouvrirWorker('2026-02-02T01:00:00+01:00');
  await finDesJobs();
  await worker.arreter();
  return gateway.journal.join('');
}

async function ouvrirWorker(instant: string): Promise<Worker> {
  const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
  const horloge = horlogeFixe(instant);
  const reglagesJobs = { sondageMs: 50 };
  const worker = await creerWorker({
    configuration: gateway.configurationWorker,
    dispositifs,
    horloge,
    journal,
    reglagesJobs,
  });
  await worker.demarrer();
  return worker;
}

async function finDesJobs(): Promise<void> {
  // The night's own jobs are asked for by the first look.
  await new Promise((r) => setTimeout(r, 300));
  for (const limite = Date.now() + 30_000; ; await new Promise((r) => setTimeout(r, 50))) {
    const { rows } = await admin.query<{ n: number }>(
      `select count(*)::int as n from sillage.outbox where etat <> 'TRAITE'`,
    );
    if (rows[0]?.n === 0) return;
    if (Date.now() > limite) throw new Error('Des jobs attendent encore.');
  }
}

async function rejouer(journal: string): Promise<{ stdout: string }> {
  const dossierTemporaire = mkdtempSync(join(tmpdir(), 'sillage-effacements-'));
  try {
    const fichier = join(dossierTemporaire, 'worker.log');
    writeFileSync(fichier, journal);
    const console = ['--no-warnings', '--import', './tools/sources.mjs', 'apps/console/src/main.ts'];
    return await promisify(execFile)(process.execPath, [...console, 'effacements:rejouer', fichier], {
      cwd: RACINE,
      env: { PATH: process.env['PATH'], ...environnementEssai(gateway.base, gateway.emetteur) },
    });
  } finally {
    rmSync(dossierTemporaire, { recursive: true });
  }
}
