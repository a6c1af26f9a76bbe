import { champ, type ContexteEligibilite, deciderAge, definirEligibilite } from '@sillage/dispositif-kit';
import { aConfirmer, ageRevolu, dateEnFrancais, type Decision, type Motif, non, oui, toutes } from '@sillage/kernel';
import type { parametres } from './parametres.js';

/** What the age is taken at (AMB-002). */
export const VALIDATION = 'Validation par la commission';

/** What the commission is told of a young person. */
const champsPublic = {
  naissance: champ.date({ libelle: 'Date de naissance', regle: 'ASGL-ELIG-01', nominatif: true }),
  orientation: champ.choix(
    {
      MDS: 'MDS',
      CLLAJ: 'CLLAJ',
      MISSION_LOCALE: 'Mission locale',
      BAILLEUR: 'Bailleur',
      HEBERGEMENT: 'Structure d’hébergement',
      AUTRE: 'Autre',
    },
    { libelle: 'Repéré par', regle: 'ASGL-WF-01' },
  ),
  volet: champ.choix(
    { ACCES: 'Accéder à un logement', MAINTIEN: 'Se maintenir dans son logement' },
    { libelle: 'Volet', regle: 'ASGL-ELIG-01' },
  ),
  logement: champ.choix(
    {
      RUE: 'À la rue',
      TIERS: 'Hébergé chez un tiers',
      HEBERGEMENT: 'En structure d’hébergement',
      INSTITUTION: 'Sortant d’institution',
      AUTRE: 'Autre, sans bail',
      TITULAIRE: 'Titulaire d’un bail en cours',
    },
    { libelle: 'Situation de logement', regle: 'AMB-027' },
  ),
  besoin: champ.booleen({ libelle: 'A besoin d’un accompagnement social global', regle: 'ASGL-ELIG-02' }),
  amont: champ.booleen({ libelle: 'Accompagnement commencé avant l’entrée dans le logement', regle: 'ASGL-WF-07' }),
  autreAccompagnement: champ.booleen({ libelle: 'Un autre accompagnement social est en cours', regle: 'ASGL-ELIG-03' }),
};

type Contexte = ContexteEligibilite<typeof champsPublic, typeof parametres>;

/** ASGL-ELIG-01: 18 to 24, without a home of their own (AMB-027), in need of the accompaniment to reach one. */
function acces(contexte: Contexte): Decision {
  const { volet, logement } = contexte.personne;
  if (volet !== 'ACCES') return oui();
  const titulaire = motif('ASGL-ELIG-01', 'logement', 'Le titulaire d’un bail relève du volet « maintien ».');
  return toutes(public18a24(contexte, 'ASGL-ELIG-01'), logement === 'TITULAIRE' ? non(titulaire) : oui());
}

/** ASGL-ELIG-02: 18 to 24, in need of the accompaniment to keep their home. */
function maintien(contexte: Contexte): Decision {
  const { volet, logement } = contexte.personne;
  if (volet !== 'MAINTIEN') return oui();
  const sansBail = motif('ASGL-ELIG-02', 'logement', 'Sans bail en cours, le jeune relève du volet « accès ».');
  return toutes(public18a24(contexte, 'ASGL-ELIG-02'), logement === 'TITULAIRE' ? oui() : non(sansBail));
}

function public18a24({ personne, le, parametres }: Contexte, regle: string): Decision {
  const { ageMin: min, ageMax: max } = parametres;
  const quand = `le ${dateEnFrancais(le)} (${VALIDATION})`;
  const age = deciderAge(ageRevolu(personne.naissance, le), { min, max }, { regle, quand });
  if (personne.besoin) return age;
  return toutes(age, non(motif(regle, 'besoin', 'Le public a besoin d’un accompagnement social global.')));
}

/** ASGL-ELIG-03: before the home, no other accompaniment; once in it, the other one is for a person to weigh (AMB-132). */
function sansAutreAccompagnement({ personne: { amont, autreAccompagnement } }: Contexte): Decision {
  if (!autreAccompagnement) return oui();
  const regle = 'ASGL-ELIG-03';
  if (amont) {
    const message = 'En amont de l’entrée, aucun autre accompagnement social n’est en cours.';
    return non(motif(regle, 'autreAccompagnement', message));
  }
  const alerte = motif(regle, 'autreAccompagnement', 'Un autre accompagnement social est en cours : à confirmer.');
  return aConfirmer({ ...alerte, code: 'A_CONFIRMER' });
}

/** ASGL-WF-07: it may begin before the home is entered, for who has none. */
function amontSansLogement({ personne: { amont, volet } }: Contexte): Decision {
  if (!amont || volet === 'ACCES') return oui();
  return non(motif('ASGL-WF-07', 'amont', 'Un accompagnement en amont de l’entrée relève du volet « accès ».'));
}

function motif(regle: string, nom: keyof typeof champsPublic, message: string): Motif {
  return { code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['personne', nom] };
}

export const eligibilite = definirEligibilite<typeof champsPublic, typeof parametres>({
  a: VALIDATION,
  champs: champsPublic,
  regles: [
    { regle: 'ASGL-ELIG-01', libelle: 'Accès : de 18 à 24 ans, sans logement', decider: acces },
    { regle: 'ASGL-ELIG-02', libelle: 'Maintien : de 18 à 24 ans, dans son logement', decider: maintien },
    { regle: 'ASGL-ELIG-03', libelle: 'En amont, sans autre accompagnement social', decider: sansAutreAccompagnement },
    { regle: 'ASGL-WF-07', libelle: 'L’amont de l’entrée est le volet accès', decider: amontSansLogement },
  ],
});
