import { itemsDeGrille } from '@sillage/dispositif-kit';
import { canari, idDe } from './acteurs.js';
import { inserer } from './inserer.js';
import { LE, type Semis } from './semer-monde.js';
import type { Dossier } from './semer-dossiers.js';

const ETATS = ['SOUMISE', 'PROPOSEE', 'PREUVES', 'CONTESTEE', 'DEFINITIVE'];
const NOTEES = ['PROPOSEE', 'CONTESTEE', 'DEFINITIVE'];

/** For each signed convention of a dispositif with a grid: its cotation, states going round, its items, and a version of it. */
export async function semerCotations(
  { client, departement, auteur, autre }: Semis,
  signes: readonly Dossier[],
): Promise<void> {
  const departement_id = departement;
  const mot = canari(departement);
  const cotees = signes.flatMap((dossier) => {
    const version = dossier.dispositif.grille?.versions[0];
    return version ? [{ dossier, version }] : [];
  });
  const cotations = cotees.map(({ dossier: { cle, dispositif, structureId }, version }, rang) => {
    const etat = ETATS[rang % ETATS.length] as string;
    const notee = NOTEES.includes(etat);
    const definitive = etat === 'DEFINITIVE';
    return {
      departement_id,
      id: idDe(departement, 'cotation', cle),
      numero: `${mot}-COT-${rang}`,
      convention_id: idDe(departement, 'convention', cle),
      dispositif: dispositif.code,
      structure_id: structureId,
      grille: version.code,
      etat,
      version: 1,
      score: notee ? 1 : null,
      explication: notee ? { libelle: 'Score', resultat: '1 point' } : null,
      motif: mot,
      cree_le: LE,
      modifie_le: LE,
      proposee_par: notee ? autre : null,
      observations_jusqu_au: notee ? '2026-02-10' : null,
      arretee_le: definitive ? LE : null,
      arretee_par: definitive ? auteur : null,
    };
  });
  await inserer(client, 'sillage.cotation', cotations);
  const items = cotees.flatMap(({ dossier: { cle }, version }) =>
    itemsDeGrille(version).map(({ code }) => ({
      departement_id,
      id: idDe(departement, 'cotation-item', `${cle} ${code}`),
      cotation_id: idDe(departement, 'cotation', cle),
      item: code,
      preuve: mot,
      points: 0,
      motif: mot,
      observation: mot,
    })),
  );
  await inserer(client, 'sillage.cotation_item', items);
  await inserer(
    client,
    'sillage.cotation_version',
    cotations.map(({ id, etat, score }) => ({
      departement_id,
      id: idDe(departement, 'cotation-version', id),
      cotation_id: id,
      version: 1,
      geste: 'RENSEIGNER',
      etat,
      score,
      items: [{ item: 'B1', preuve: mot, points: 1, sousPoints: null, motif: mot }],
      le: LE,
      par: autre,
    })),
  );
}
