import { beforeAll, describe, expect, it } from '@jest/globals';
import { SUJETS } from '@sillage/access';
import { DECLARATIONS } from '../../libs/access/src/roles/index.js';
import { COMPLETES } from './bilan.js';
import { tenir } from './tenir.js';
import {
  champsSousDroit,
  connaitre,
  type ListeAttaquee,
  listesDe,
  nomDe,
  premierEcart,
  registreDe,
  toutLire,
  toutVoir,
} from './lectures.js';
import { type Connus, Masque, NOMINATIFS, SOUS_DROIT } from './masque.js';
import { type Acteur, canari, estHabilite, idDe } from './monde/acteurs.js';
import { classeObtenue } from './mutations.js';
import type { Monde, Reponse } from './monde/monde.js';
import { operationsDe, requeteDe } from './operations.js';
import { SANS_CHAMP } from './oracle.js';
import { OBJETS } from './monde/objets.js';

let monde: Monde;
let connus: Connus;
let listes: ListeAttaquee[];
let acteurs: readonly Acteur[];
async function preparer(donne: Monde): Promise<void> {
  monde = donne;
  connus = await connaitre(monde, '62');
  listes = listesDe(monde, COMPLETES ? 3 : 1);
  acteurs = monde.acteurs.filter(
    (acteur) =>
      acteur.departement === '62' &&
      estHabilite(acteur) &&
      (COMPLETES || !/CLLAJ|BAILLEUR|MISSION|REFERENT|ailleurs|(SLISL|MDS|SLAI|STRATEUR)-|double/.test(acteur.sub)),
  );
}

/** Roots of Query that are not read from a table: by which right, in the words of the mutations. */
const RACINES_A_PART = [
  'activationApercu',
  'appelApercu',
  'comparaisonCandidatures',
  'dispositif',
  'dispositifs',
  'parametres',
];

/** Whether one of their roles instructs candidatures, somewhere. */
function instruit(acteur: Acteur): boolean {
  const siens = DECLARATIONS.filter(({ role }) => acteur.habilitations.some((h) => h.role === role));
  return siens.some(({ droits }) =>
    droits.some(
      ({ peut, sur }) => sur.includes('Candidature') && peut.some((a) => a === 'instruire' || a === 'donnerAvis'),
    ),
  );
}

export function decrireLectures(donner: () => Monde): void {
  describe('ce que chaque rôle lit', () => {
    beforeAll(() => preparer(donner()));

    it('part de racines toutes connues, et de sujets que le superutilisateur sait lire', () => {
      const declarees = registreDe(monde).racines.map(({ nom }) => nom);
      const autres = Object.keys(monde.schema.getQueryType()?.getFields() ?? {}).filter(
        (nom) => !declarees.includes(nom) && !/^versement\w+Simuler$/.test(nom),
      );
      expect(autres).toEqual(RACINES_A_PART);
      const lus = new Set(Object.values(OBJETS).map(({ sujet }) => sujet));
      const sansType = ['Departement', 'Dispositif', 'Parametre', 'Journal'];
      expect(Object.keys(SUJETS).filter((sujet) => !lus.has(sujet) && !sansType.includes(sujet))).toEqual([]);
    });

    it('cache ce qui nomme une personne, et ce qui a un droit à part, là où la liste le dit, et là seulement', () => {
      const declares = champsSousDroit(registreDe(monde)).filter(
        ([champ]) => !/(Champs|Termes|Retenus)\w*\./.test(champ),
      );
      expect(declares.flatMap(([champ, droit]) => (droit === 'lireNominatif' ? [champ] : []))).toEqual(NOMINATIFS);
      const autres = declares.filter(([, droit]) => droit !== 'lireNominatif');
      expect(Object.fromEntries(autres)).toEqual(SOUS_DROIT);
    });

    it('est exactement ce que la table des droits donne des lignes lues par le superutilisateur', async () => {
      const ecarts: string[] = [];
      let tentatives = 0;
      const masque = new Masque(connus);
      for (const liste of listes) {
        const tout = await toutLire(liste, toutVoir(monde, '62'));
        for (const acteur of acteurs) {
          const lu = await toutLire(liste, (query, variables) => monde.demander(acteur, { query, variables }));
          const attendu = masque.lignes(acteur, liste.plan, tout, liste.racine.nom !== 'utilisateurs');
          tentatives += tout.length;
          const ecart = premierEcart(attendu, lu);
          if (ecart !== null) ecarts.push(`${nomDe(acteur)} ${liste.racine.nom}${ecart}`);
          if (JSON.stringify(lu).includes(canari('99')))
            ecarts.push(`${nomDe(acteur)} ${liste.racine.nom} : lit l’autre`);
        }
      }
      tenir('lectures, rôle par rôle, ligne par ligne', tentatives, ecarts);
    });

    it('n’est rien de plus quand on demande une ligne par son identifiant', async () => {
      const ecarts: string[] = [];
      let tentatives = 0;
      const parId = registreDe(monde).racines.filter((r) => r.genre === 'un' && !r.par);
      for (const { nom, type } of parId) {
        const sujet = type.droits?.sujet ?? '';
        const toutes = [...(connus.objets.get(type.nom) ?? [])];
        const pas = COMPLETES ? 1 : Math.ceil(toutes.length / 50);
        const lignes = toutes.filter((_, rang) => rang % pas === 0);
        for (const acteur of acteurs) {
          for (let rang = 0; rang < lignes.length; rang += 50) {
            const lot = lignes.slice(rang, rang + 50);
            const champs = lot.map(([uuid], place) => `a${place}: ${nom}(id: "${type.nom}-${uuid}") { __typename }`);
            const { data } = await monde.demander(acteur, { query: `{ ${champs.join(' ')} }` });
            for (const [place, [uuid, objet]] of lot.entries()) {
              tentatives += 1;
              const vue = data?.[`a${place}`] !== null;
              if (vue !== connus.oracle.peut(acteur, 'lire', sujet, objet))
                ecarts.push(`${nomDe(acteur)} ${nom} ${uuid}`);
            }
          }
        }
      }
      tenir('lectures par identifiant', tentatives, ecarts);
    });

    it('n’est rien pour qui n’est personne, ou n’a rien', async () => {
      const ecarts: string[] = [];
      let tentatives = 0;
      const racines = operationsDe(monde, 1).filter(({ genre }) => genre === 'query');
      for (const acteur of [null, ...monde.acteurs.filter((un) => un.departement === '62' && !estHabilite(un))]) {
        const attendu = acteur === null ? 'NON_AUTHENTIFIE' : 'NON_HABILITE';
        for (const operation of racines) {
          tentatives += 1;
          const reponse = await monde.demander(acteur, requeteDe(monde, operation, '62', {}));
          if (codeDe(reponse) !== attendu || reponse.data) ecarts.push(`${acteur?.sub} ${operation.nom}`);
        }
      }
      tenir('lectures sans jeton ou sans habilitation', tentatives, ecarts);
    });

    it('suit aussi la table là où rien n’est lu d’une ligne', async () => {
      const ecarts: string[] = [];
      let tentatives = 0;
      const aPart = operationsDe(monde, 1).filter(({ nom }) => RACINES_A_PART.includes(nom));
      for (const acteur of acteurs) {
        for (const dispositif of COMPLETES ? monde.dispositifs : monde.dispositifs.slice(0, 2)) {
          const objet = { ...SANS_CHAMP, dispositif: dispositif.code, territoireIds: monde.idsDe(['LENS_LIEVIN']) };
          const attendus: Readonly<Record<string, string>> = {
            parametres: connus.oracle.peut(acteur, 'lire', 'Parametre', objet) ? 'PERMIS' : 'INTROUVABLE',
            activationApercu: connus.oracle.peut(acteur, 'activer', 'Activation', objet)
              ? 'PERMIS'
              : 'ACTION_INTERDITE',
            appelApercu: connus.oracle.peut(acteur, 'lire', 'Parametre', objet) ? 'PERMIS' : 'INTROUVABLE',
            comparaisonCandidatures: instruit(acteur) ? 'PERMIS' : 'ACTION_INTERDITE',
          };
          const appel = `Appel-${idDe('62', 'appel', `${dispositif.code} PUBLIE`)}`;
          for (const operation of aPart) {
            tentatives += 1;
            const choisies = {
              dispositif: dispositif.code,
              territoires: ['LENS_LIEVIN'],
              code: dispositif.code,
              id: appel,
              appelId: appel,
            };
            const { classe } = classeObtenue(await monde.demander(acteur, requeteDe(monde, operation, '62', choisies)));
            if (classe !== (attendus[operation.nom] ?? 'PERMIS'))
              ecarts.push(`${nomDe(acteur)} ${operation.nom} : ${classe}`);
          }
        }
      }
      tenir('lectures qui ne sont d’aucune ligne', tentatives, ecarts);
    });

    it('compte les accompagnements sans en compter un de trop', async () => {
      const query = '{ accompagnementsParEtat { territoire { id } dispositif etat nombre } }';
      const ecarts: string[] = [];
      for (const acteur of acteurs) {
        const { data } = await monde.demander(acteur, { query });
        const attendus = new Map<string, number>();
        for (const objet of connus.objets.get('Accompagnement')?.values() ?? []) {
          if (!connus.oracle.peut(acteur, 'lire', 'Accompagnement', objet)) continue;
          const cle = `Territoire-${objet.territoireIds.join()} ${objet.dispositif} ${objet.etat}`;
          attendus.set(cle, (attendus.get(cle) ?? 0) + 1);
        }
        const lus = (data?.['accompagnementsParEtat'] as Compte[]).map(
          ({ territoire, dispositif, etat, nombre }) => [`${territoire.id} ${dispositif} ${etat}`, nombre] as const,
        );
        const ecart = premierEcart(Object.fromEntries(attendus), Object.fromEntries(lus));
        if (ecart !== null) ecarts.push(`${nomDe(acteur)} ${ecart}`);
      }
      tenir('décomptes', acteurs.length, ecarts);
    });
  });
}

function codeDe({ errors }: Reponse): unknown {
  return errors?.[0]?.extensions?.['code'];
}

interface Compte {
  readonly territoire: { readonly id: string };
  readonly dispositif: string;
  readonly etat: string;
  readonly nombre: number;
}
