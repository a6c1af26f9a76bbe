import { beforeAll, describe, expect, it } from '@jest/globals';
import { COMPLETES } from './bilan.js';
import { tenir } from './tenir.js';
import { GESTES, gesteDe } from './gestes.js';
import { type Acteur, DEPARTEMENTS, estHabilite } from './monde/acteurs.js';
import type { Monde } from './monde/monde.js';
import {
  type Cible,
  ciblesDe,
  type Classe,
  classeAttendue,
  classeObtenue,
  rafraichir,
  signature,
} from './mutations.js';

let monde: Monde;
let cibles: Cible[];
async function preparer(donne: Monde): Promise<void> {
  monde = donne;
  cibles = (await Promise.all(DEPARTEMENTS.map((departement) => ciblesDe(monde, departement)))).flat();
}

interface Attaque {
  readonly acteur: Acteur | null;
  readonly cible: Cible;
  readonly attendue: Classe;
}

/** One attack for each thing that can differ; in full, for each row that differs in anything rights depend on. */
function attaquesDe(acteurs: readonly (Acteur | null)[], choisies: readonly Cible[]): Attaque[] {
  const vues = new Set<string>();
  return acteurs.flatMap((acteur, rang) =>
    // Another dispositif, another row first for each: together they meet them all.
    tournees(choisies, rang * 37).flatMap((cible) => {
      const attendue = classeAttendue(monde, acteur, cible);
      const cle = `${acteur?.sub ?? ''} ${signature(acteur, cible, attendue, COMPLETES)}`;
      if (vues.has(cle)) return [];
      vues.add(cle);
      return [{ acteur, cible, attendue }];
    }),
  );
}

function tournees<T>(liste: readonly T[], pas: number): readonly T[] {
  const debut = pas % Math.max(1, liste.length);
  return [...liste.slice(debut), ...liste.slice(0, debut)];
}

function raconter({ acteur, cible, attendue }: Attaque, obtenu: string): string {
  const { mutation, objet, partie, uuid } = cible;
  const ligne = JSON.stringify({ ...objet, uuid, partie });
  return `${acteur?.sub ?? 'personne'} ${mutation.name} ${ligne} : ${attendue} attendu, ${obtenu} obtenu`;
}

const ENSEMBLE = 12;

/** Refused attempts run side by side; whatever one of them commits is an écart. */
async function refuser(attaques: readonly Attaque[], departement?: string): Promise<string[]> {
  const ecarts: string[] = [];
  for (let rang = 0; rang < attaques.length; rang += ENSEMBLE) {
    const lot = attaques.slice(rang, rang + ENSEMBLE);
    const reponses = await Promise.all(
      lot.map(({ acteur, cible }) => monde.demander(acteur, cible.requete, departement)),
    );
    for (const [place, attaque] of lot.entries()) {
      const reponse = reponses[place] ?? {};
      const { classe } = classeObtenue(reponse);
      if (classe !== attaque.attendue) ecarts.push(raconter(attaque, `${classe} ${JSON.stringify(reponse)}`));
    }
    const ecrites = await monde.sonde.relever();
    if (ecrites.length > 0) ecarts.push(`${lot.map((a) => raconter(a, '?')).join('\n')} : ${JSON.stringify(ecrites)}`);
  }
  return ecarts;
}

export function decrireMutations(donner: () => Monde): void {
  describe('chaque mutation du schéma', () => {
    beforeAll(() => preparer(donner()));

    it('dit le droit qu’elle demande, et aucun droit n’est dit pour rien', () => {
      const mutations = Object.keys(monde.schema.getMutationType()?.getFields() ?? {});
      expect(mutations.filter((nom) => gesteDe(nom, monde.dispositifs) === null)).toEqual([]);
      const utiles = new Set(mutations.map((nom) => gesteDe(nom, monde.dispositifs)?.geste));
      expect(Object.keys(GESTES).filter((cle) => !utiles.has(GESTES[cle]))).toEqual([]);
      expect(new Set(cibles.map(({ mutation }) => mutation.name)).size).toBe(mutations.length);
    });

    it('est refusée à qui n’a rien, ou n’est personne', async () => {
      const sansDroit = [
        null,
        ...monde.acteurs.filter((acteur) => acteur.departement === '62' && !estHabilite(acteur)),
      ];
      const attaques = attaquesDe(sansDroit, cibles).filter(
        ({ acteur, cible }) => acteur === null || acteur.departement === cible.departement,
      );
      tenir('mutations sans jeton ou sans habilitation', attaques.length, await refuser(attaques));
    });

    it('est refusée à l’autre département, par l’en-tête comme par l’identifiant', async () => {
      const duDehors = monde.acteurs.filter(
        (acteur) =>
          acteur.departement === '99' &&
          estHabilite(acteur) &&
          (COMPLETES || /SIEGE$|STRATEUR$|SLAI$/.test(acteur.sub)),
      );
      const du62 = cibles.filter(({ departement }) => departement === '62');
      const parEnTete = attaquesDe(duDehors, du62).map((a) => ({ ...a, attendue: 'NON_HABILITE' as const }));
      const parId = attaquesDe(
        duDehors,
        du62.filter(({ uuid, geste }) => uuid !== null && geste.ligne?.type !== 'Structure'),
      );
      const ecarts = [...(await refuser(parEnTete, '62')), ...(await refuser(horsPortee(parId)))];
      tenir('mutations d’un autre département', parEnTete.length + parId.length, ecarts);
    });

    it('fait ce que la table des droits dit, pour chaque rôle, ici et ailleurs', async () => {
      const habilites = monde.acteurs.filter(
        ({ departement, sub, ...acteur }) =>
          estHabilite({ departement, sub, ...acteur }) &&
          departement === '62' &&
          (COMPLETES || !/limite$|ailleurs$|CLLAJ$|BAILLEUR$/.test(sub)),
      );
      const attaques = attaquesDe(
        habilites,
        cibles.filter(({ departement }) => departement === '62'),
      );
      const refusees = attaques.filter(({ attendue }) => attendue !== 'PERMIS');
      const ecarts = await refuser(refusees);
      for (const { acteur, cible: avant } of attaques.filter(({ attendue }) => attendue === 'PERMIS')) {
        const cible = await rafraichir(monde, avant);
        const attaque = { acteur, cible, attendue: classeAttendue(monde, acteur, cible) };
        const reponse = await monde.demander(acteur, cible.requete);
        const { classe, reussie } = classeObtenue(reponse);
        if (classe !== attaque.attendue) ecarts.push(raconter(attaque, `${classe} ${JSON.stringify(reponse)}`));
        const ecrites = await monde.sonde.relever();
        // The other way is no fault: to do again what is done changes nothing.
        if (!reussie && ecrites.length > 0) ecarts.push(raconter(attaque, `refusée, mais ${JSON.stringify(ecrites)}`));
        if (ecrites.some(({ departement }) => departement !== '62')) ecarts.push(raconter(attaque, 'écrit ailleurs'));
        const seDit = ecrites.some(({ table }) => table === 'sillage.journal');
        if (ecrites.length > 0 && !seDit)
          ecarts.push(raconter(attaque, `sans ligne au journal, ${JSON.stringify(ecrites)}`));
      }
      tenir('mutations, rôle par rôle', attaques.length, ecarts);
    });
  });
}

/** A right that is asked before any row is looked for answers by itself, whatever the id. */
function horsPortee(attaques: readonly Attaque[]): Attaque[] {
  return attaques.map((attaque) => {
    const { acteur, cible } = attaque;
    const [premiere] = cible.geste.exige;
    if (acteur === null || premiere?.action === 'lire') return attaque;
    const chezLui = { ...cible, departement: acteur.departement };
    const attendue = classeAttendue(monde, acteur, chezLui);
    return { ...attaque, attendue: attendue === 'PERMIS' ? 'INTROUVABLE' : attendue };
  });
}
