import type { Action } from '@sillage/access';
import type { Champs, Dispositif, OptionsChamp } from '@sillage/dispositif-kit';
import type { TypeLu } from '@sillage/read';
import type { RegistreLectures } from '../../libs/read/src/registre.js';
import type { Acteur } from './monde/acteurs.js';
import { type ObjetLu, type Oracle, SANS_CHAMP } from './oracle.js';
import type { ChampChoisi, Plan } from './selection.js';

/** What names a person outside the dispositifs' declarations: one more or one less in the code fails the suite. */
export const NOMINATIFS: readonly string[] = [
  'Acte.commentaire',
  'Acte.lieu',
  'ActeurJournal.libelle',
  'AtelierInscription.prenom',
  'AtelierSeance.animateur',
  'Avenant.champs',
  'ComplementCandidature.apres',
  'ComplementCandidature.avant',
  'DossierPersonnel.adresse',
  'DossierPersonnel.commune',
  'DossierPersonnel.courriel',
  'DossierPersonnel.dateNaissance',
  'DossierPersonnel.limiteMotif',
  'DossierPersonnel.nom',
  'DossierPersonnel.prenom',
  'DossierPersonnel.representants',
  'DossierPersonnel.telephone',
  'Jeune.adresse',
  'Jeune.commune',
  'Jeune.courriel',
  'Jeune.dateNaissance',
  'Jeune.nom',
  'Jeune.prenom',
  'Jeune.representants',
  'Jeune.telephone',
  'LectureNominative.acteur',
  'Piece.nom',
  'PropositionConservation.motif',
  'Rectification.ancienne',
  'Rectification.motif',
  'Utilisateur.libelle',
];

/** What is read by a right of its own beside that of reading the row, names apart: one more or one less in the code fails the suite. */
export const SOUS_DROIT: Readonly<Record<string, Action>> = {
  'CotationItem.motif': 'lireNotes',
  'CotationItem.points': 'lireNotes',
  'CotationItem.sousPoints': 'lireNotes',
  'CotationVersion.items': 'lireNotes',
};

/** What is left of a value for who lacks the right on it; nothing, where nothing is said. */
const RESTES: Readonly<Record<string, (lue: unknown) => unknown>> = {
  'CotationVersion.items': (lue) =>
    (lue as Noeud[]).map(({ item, preuve, observation }) => ({ item, preuve, observation })),
};

/** What the superuser knows of a tenant. */
export interface Connus {
  readonly oracle: Oracle;
  readonly registre: RegistreLectures;
  readonly dispositifs: readonly Dispositif[];
  /** By type, by uuid. */
  readonly objets: ReadonlyMap<string, ReadonlyMap<string, ObjetLu>>;
  /** Uuid of the user of each habilitation. */
  readonly titulaires: ReadonlyMap<string, string>;
}

/** Rights of the nearest row that has some; a row without rights of its own shares them. */
interface Droits {
  readonly objet: ObjetLu;
  readonly permet: (action: Action) => boolean;
}

interface Partie {
  readonly champs: Champs;
  /** The author's structure sees what `visiblePar` hides from others. */
  readonly auteurVoitTout: boolean;
}

type Noeud = Readonly<Record<string, unknown>>;

/** From what an all-seeing caller reads to what an actor must read: exactly that, and nothing else. */
export class Masque {
  readonly #parties = new Map<string, Partie>();

  constructor(private readonly connus: Connus) {
    for (const { prefixe, candidature, convention, bilan, suivis = {} } of connus.dispositifs) {
      this.#declarer(`Candidature${prefixe}Champs`, { champs: candidature.champs, auteurVoitTout: true });
      this.#declarer(`Convention${prefixe}Termes`, { champs: convention.termes, auteurVoitTout: false });
      for (const nom of bilan ? [`Bilan${prefixe}Champs`, `Bilan${prefixe}Retenus`] : []) {
        this.#declarer(nom, { champs: bilan?.champs ?? {}, auteurVoitTout: true });
      }
      for (const [nom, { champs }] of Object.entries(suivis)) {
        const type = `Suivi${prefixe}${nom.charAt(0).toUpperCase()}${nom.slice(1)}Champs`;
        this.#declarer(type, { champs, auteurVoitTout: true });
      }
    }
  }

  /** The rows of a list that the actor sees, each as they see it. `soi`: their own rows count too. */
  lignes(acteur: Acteur, plan: Plan, noeuds: readonly unknown[], soi = true): unknown[] {
    const racine: Droits = { objet: SANS_CHAMP, permet: () => false };
    return noeuds.flatMap((noeud) => this.#noeud(acteur, plan, noeud as Noeud, racine, soi) ?? []);
  }

  #declarer(nom: string, partie: Partie): void {
    this.#parties.set(nom, partie);
    for (const [cle, { nature }] of Object.entries(partie.champs)) {
      if (nature.genre !== 'lignes') continue;
      this.#declarer(`${nom}${cle.charAt(0).toUpperCase()}${cle.slice(1)}`, { ...partie, champs: nature.champs });
    }
  }

  #noeud(acteur: Acteur, plan: Plan, noeud: Noeud, parent: Droits, soi: boolean): Noeud | null {
    const nom = String(noeud['__typename']);
    const type = this.connus.registre.types.find((connu) => connu.nom === nom);
    const droits = type?.droits ? this.#droits(acteur, type, noeud, { parent, soi }) : parent;
    if (droits === null) return null;
    const vus = (plan.get(nom) ?? []).map((choisi) => {
      const lue = noeud[choisi.cle];
      return [
        choisi.cle,
        this.#permis(acteur, nom, choisi.nom, droits)
          ? this.#valeur(acteur, choisi, lue, droits)
          : (RESTES[`${nom}.${choisi.nom}`]?.(lue) ?? null),
      ];
    });
    return { __typename: nom, ...(Object.fromEntries(vus) as Noeud) };
  }

  /** Null when the row may not be read. One that has no id is known by what leads to it, and by the state that it says. */
  #droits(
    acteur: Acteur,
    type: TypeLu,
    noeud: Noeud,
    { parent, soi }: { readonly parent: Droits; readonly soi: boolean },
  ): Droits | null {
    const { sujet } = type.droits ?? { sujet: '' };
    const [prefixe = '', ...uuid] = typeof noeud['id'] === 'string' ? noeud['id'].split('-') : [];
    const id = uuid.join('-');
    const etat = typeof noeud['etat'] === 'string' ? noeud['etat'] : parent.objet.etat;
    const objet = type.sansId ? { ...parent.objet, etat } : this.connus.objets.get(prefixe)?.get(id);
    if (objet === undefined) throw new Error(`Le superutilisateur ne connaît pas ${String(noeud['id'])}.`);
    const sienne =
      soi &&
      ((prefixe === 'Utilisateur' && id === acteur.utilisateurId) ||
        (prefixe === 'Habilitation' && this.connus.titulaires.get(id) === acteur.utilisateurId));
    if (!sienne && !this.connus.oracle.peut(acteur, 'lire', sujet, objet)) return null;
    return { objet, permet: (action) => sienne || this.connus.oracle.peut(acteur, action, sujet, objet) };
  }

  #permis(acteur: Acteur, type: string, champ: string, { objet, permet }: Droits): boolean {
    const droit = SOUS_DROIT[`${type}.${champ}`];
    if (droit !== undefined) return permet(droit);
    if (NOMINATIFS.includes(`${type}.${champ}`)) return permet('lireNominatif');
    const partie = this.#parties.get(type);
    const options: OptionsChamp | undefined = partie?.champs[champ]?.options;
    if (partie === undefined || options === undefined) return true;
    if (options.nominatif && !permet('lireNominatif')) return false;
    const { visiblePar } = options;
    return (
      visiblePar === undefined ||
      acteur.habilitations.some(({ role }) => visiblePar.includes(role)) ||
      (partie.auteurVoitTout &&
        acteur.habilitations.some(({ structureId }) => structureId !== null && structureId === objet.structureId))
    );
  }

  #valeur(acteur: Acteur, { enfants, champ }: ChampChoisi, lue: unknown, droits: Droits): unknown {
    if (enfants === null || lue === null) return lue;
    if (champ === null) return lue;
    if (Array.isArray(lue)) {
      return lue.flatMap((noeud) => this.#noeud(acteur, enfants, noeud as Noeud, droits, true) ?? []);
    }
    if (champ.genre !== 'page') return this.#noeud(acteur, enfants, lue as Noeud, droits, true);
    const { nodes } = lue as { nodes: readonly unknown[] };
    const vus = nodes.flatMap((noeud) => this.#noeud(acteur, enfants, noeud as Noeud, droits, true) ?? []);
    return { totalCount: vus.length, nodes: vus };
  }
}
