import { beforeAll, describe, expect, it } from '@jest/globals';
import { COMPLETES } from './bilan.js';
import { tenir } from './tenir.js';
import { gesteDe } from './gestes.js';
import { connaitre } from './lectures.js';
import type { Connus } from './masque.js';
import { type Acteur, estHabilite, idDe } from './monde/acteurs.js';
import type { Monde } from './monde/monde.js';
import { OBJETS } from './monde/objets.js';
import { type CheminDId, type Operation, operationsDe, requeteDe } from './operations.js';

let monde: Monde;
let operations: Operation[];
let ici: Connus;
let ailleurs: Connus;
let acteurs: readonly Acteur[];

async function preparer(donne: Monde): Promise<void> {
  monde = donne;
  operations = operationsDe(monde, 1).filter(({ ids }) => ids.length > 0);
  ici = await connaitre(monde, '62');
  ailleurs = await connaitre(monde, '99');
  acteurs = monde.acteurs.filter(
    (acteur) =>
      acteur.departement === '62' &&
      estHabilite(acteur) &&
      (COMPLETES || /-(SIEGE|SLAI|ASSOCIATION)$/.test(acteur.sub)),
  );
}

type Sorte = 'autre département' | 'inexistant' | 'illisible';

interface Essai {
  readonly acteur: Acteur;
  readonly operation: Operation;
  readonly chemin: CheminDId;
  readonly parSorte: Readonly<Partial<Record<Sorte, string>>>;
}

/** For each argument that takes an id, ids that must all look like one that does not exist. */
function essaisDe(acteur: Acteur): Essai[] {
  return operations.flatMap((operation) =>
    operation.ids
      .filter(({ type }) => Object.hasOwn(OBJETS, type))
      .map((chemin) => {
        const { type } = chemin;
        const { sujet = '' } = OBJETS[type] ?? {};
        const dispositif = gesteDe(operation.nom, monde.dispositifs)?.dispositif?.code;
        const duDehors = [...(ailleurs.objets.get(type) ?? [])].find(
          ([, objet]) => dispositif === undefined || objet.dispositif === null || objet.dispositif === dispositif,
        )?.[0];
        const illisible = [...(ici.objets.get(type) ?? [])].find(
          ([uuid, objet]) =>
            !ici.oracle.peut(acteur, 'lire', sujet, objet) &&
            uuid !== acteur.utilisateurId &&
            ici.titulaires.get(uuid) !== acteur.utilisateurId &&
            (dispositif === undefined || objet.dispositif === dispositif),
        )?.[0];
        const opaque = (uuid: string): string => `${type}-${uuid}`;
        return {
          acteur,
          operation,
          chemin,
          parSorte: {
            inexistant: opaque(idDe('aucun', 'id', operation.nom)),
            ...(duDehors && { 'autre département': opaque(duDehors) }),
            ...(illisible && { illisible: opaque(illisible) }),
          },
        };
      }),
  );
}

async function demander({ acteur, operation, chemin }: Essai, id: string): Promise<string> {
  const texte = await monde.texte(acteur, requeteDe(monde, operation, '62', { [chemin.chemin]: id }));
  // Of each request its own; the rest is the answer.
  return texte.replace(/"requeteId":"[^"]*"/g, '');
}

export function decrireIdsEtrangers(donner: () => Monde): void {
  describe('un identifiant qui n’est pas à vous', () => {
    beforeAll(() => preparer(donner()));

    it('répond mot pour mot comme un identifiant qui n’existe pas', async () => {
      const ecarts: string[] = [];
      let tentatives = 0;
      for (const essai of acteurs.flatMap(essaisDe)) {
        const { acteur, operation, chemin, parSorte } = essai;
        const sortes = Object.entries(parSorte);
        const reponses = await Promise.all(sortes.map(([, id]) => demander(essai, id)));
        const attendue = reponses[sortes.findIndex(([sorte]) => sorte === 'inexistant')];
        tentatives += sortes.length - 1;
        for (const [rang, reponse] of reponses.entries()) {
          if (reponse === attendue) continue;
          ecarts.push(
            `${acteur.sub} ${operation.nom} ${chemin.chemin} ${sortes[rang]?.join(' ')} : ${reponse} / ${attendue}`,
          );
        }
      }
      expect(await monde.sonde.relever()).toEqual([]);
      tenir('identifiants étrangers', tentatives, ecarts);
      expect(tentatives).toBeGreaterThan(100);
    });

    const REPETITIONS = 60;
    const enEntier = COMPLETES ? it : () => undefined;
    enEntier('prend le même temps : rapports des médianes', async () => {
      const rapports: { nom: string; rapport: number }[] = [];
      const quelques = acteurs.filter(({ sub }) => /-(SLAI|ASSOCIATION)$/.test(sub));
      for (const essai of quelques.flatMap(essaisDe)) {
        const durees = new Map<Sorte, number[]>();
        for (let rang = 0; rang < REPETITIONS; rang += 1) {
          for (const [sorte, id] of Object.entries(essai.parSorte) as [Sorte, string][]) {
            const debut = performance.now();
            await demander(essai, id);
            durees.set(sorte, [...(durees.get(sorte) ?? []), performance.now() - debut]);
          }
        }
        const medianes = [...durees.values()].map(mediane);
        rapports.push({
          nom: `${essai.operation.nom} ${essai.chemin.chemin}`,
          rapport: Math.max(...medianes) / Math.min(...medianes),
        });
      }
      rapports.sort((a, b) => b.rapport - a.rapport);
      const lignes = rapports.slice(0, 8).map(({ nom, rapport }) => `  ${rapport.toFixed(2)} ${nom}`);
      console.info(
        [
          `Médianes, le plus lent sur le plus rapide : ${mediane(rapports.map(({ rapport }) => rapport)).toFixed(2)} au milieu ; les plus hauts :`,
          ...lignes,
        ].join('\n'),
      );
      expect(rapports.length).toBeGreaterThan(0);
    });
  });
}

function mediane(valeurs: readonly number[]): number {
  return valeurs.toSorted((a, b) => a - b)[Math.floor(valeurs.length / 2)] ?? 0;
}
