import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UrlsBase } from '@sillage/persistence';
import type { Client } from 'pg';
import { avecClient } from '../support/base-essai.js';
import { DEPARTEMENT, EMETTEUR } from './comptes.js';

const DEPARTEMENTS = { '62': 'Pas-de-Calais', '59': 'Nord', '80': 'Somme' };

const DISPOSITIFS = ['coordo-ase', 'coach', 'graine', 'primo'];

/** Complete and admissible, as `coordo-ase` declares them. */
const CHAMPS = {
  intitule: 'Cap autonomie',
  presentation: 'Un coordo dédié aux jeunes confiés du territoire.',
  expertise: 'Dix ans d’accompagnement des 16-25 ans.',
  etp: '1',
  accompagnementsEngages: 30,
  depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Un coordo à temps plein', montant: '43333.33' }],
  montantDemande: '52000.00',
  engagementMoyens: true,
  engagementAccompagnement: true,
  engagementPartenariatDepartement: true,
  engagementProcedures: true,
  engagementCommunication: true,
  engagementPartenariatTerritorial: true,
  contactNom: 'Contact de mesure',
  contactCourriel: 'contact@exemple.test',
};

/**
 * Fills a migrated database: `taille` young people over three départements, by the owner's role, with every constraint, trigger
 * and policy in place: about a minute for each 60 000.
 */
export async function remplir(urls: UrlsBase, taille: number, journal: (ligne: string) => void): Promise<void> {
  await avecClient(urls.urlProprietaire, async (client) => {
    await client.query('drop schema if exists perf cascade');
    await client.query(sql('fonctions'));
    for (const [departement, nom] of Object.entries(DEPARTEMENTS)) {
      journal(`jeu de données : ${nom}, ${Math.floor(taille / 3)} jeunes`);
      await client.query('insert into referentiel.departement (departement_id, nom) values ($1, $2)', [
        departement,
        nom,
      ]);
      await client.query('begin');
      await situer(client, departement, taille);
      await client.query(sql('departement'));
      if (departement === DEPARTEMENT) await client.query(sql('candidatures'));
      await client.query('commit');
    }
    await client.query('drop schema perf cascade');
  });
  journal('jeu de données : vacuum analyze');
  await avecClient(urls.urlAdmin, async (admin) => {
    await admin.query('vacuum (analyze, freeze)');
    await admin.query('checkpoint');
  });
}

async function situer(client: Client, departement: string, taille: number): Promise<void> {
  const reglages = {
    'sillage.departement': departement,
    'perf.jeunes': String(Math.floor(taille / Object.keys(DEPARTEMENTS).length)),
    'perf.emetteur': EMETTEUR,
    'perf.dispositifs': DISPOSITIFS.join(','),
    'perf.champs': JSON.stringify(CHAMPS),
  };
  for (const [nom, valeur] of Object.entries(reglages)) {
    await client.query('select set_config($1, $2, true)', [nom, valeur]);
  }
}

function sql(nom: string): string {
  return readFileSync(join(import.meta.dirname, 'jeu', `${nom}.sql`), 'utf8');
}
