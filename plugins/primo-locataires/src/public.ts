import { champ, type ContexteEligibilite, definirEligibilite } from '@sillage/dispositif-kit';
import { aConfirmer, ageRevolu, type DateCivile, type Decision, type Motif, non, oui, toutes } from '@sillage/kernel';
import type { parametres } from './parametres.js';

/** What the landlord tells of a household (AMB-129); the tenancy already held is told and bars nothing (AMB-024). */
const champsPublic = {
  naissance: champ.date({ libelle: 'Date de naissance du demandeur', regle: 'PRIMO-ELIG-01', nominatif: true }),
  emancipe: champ.booleen({ libelle: 'Mineur émancipé', regle: 'AMB-023', facultatif: true }),
  composition: champ.choix({ SEUL: 'Seul', COUPLE: 'En couple' }, { libelle: 'Composition', regle: 'PRIMO-ELIG-02' }),
  naissanceConjoint: champ.date({
    libelle: 'Date de naissance de l’autre membre du couple',
    regle: 'AMB-025',
    nominatif: true,
    facultatif: true,
  }),
  enfants: champ.entier({ libelle: 'Enfants du ménage', unite: 'enfants', max: 20, regle: 'PRIMO-ELIG-02' }),
  gardeAlternee: champ.booleen({ libelle: 'Dont des enfants en garde alternée', regle: 'AMB-025', facultatif: true }),
  enfantANaitre: champ.booleen({ libelle: 'Enfant à naître', regle: 'AMB-025', facultatif: true }),
  rechercheUnLogement: champ.booleen({ libelle: 'En recherche d’un logement', regle: 'PRIMO-ELIG-03' }),
  premiereDemande: champ.booleen({
    libelle: 'Atteste une première demande de logement social',
    regle: 'PRIMO-ELIG-04',
  }),
  dejaTitulaire: champ.booleen({ libelle: 'A déjà été titulaire d’un bail', regle: 'AMB-024', facultatif: true }),
};

type Contexte = ContexteEligibilite<typeof champsPublic, typeof parametres>;
type Nom = keyof typeof champsPublic;

/** PRIMO-ELIG-01: under 30 on the day of the request, both of them in a couple (AMB-025); an adult, or emancipated (AMB-023). */
function moinsDe30Ans({ personne, le, parametres }: Contexte): Decision {
  const { composition, naissance, naissanceConjoint, emancipe } = personne;
  const juger = (nom: Nom, ne: DateCivile): Decision => {
    const age = ageRevolu(ne, le);
    const dire = (borne: string): Motif => motif('PRIMO-ELIG-01', nom, `${age} ans à la demande : ${borne}.`);
    if (age >= parametres.ageMaxExclu.valeur) return non(dire(`moins de ${parametres.ageMaxExclu.cite.valeur}`));
    if (age >= parametres.ageMin.valeur) return oui();
    const mineur = dire(`${parametres.ageMin.cite.valeur} au moins, sauf émancipation`);
    return emancipe ? aConfirmer({ ...mineur, code: 'A_CONFIRMER' }) : non(mineur);
  };
  if (composition === 'SEUL') return juger('naissance', naissance);
  if (naissanceConjoint === null) {
    return non(
      motif('PRIMO-ELIG-01', 'naissanceConjoint', 'La date de naissance des deux membres du couple est à dire.'),
    );
  }
  return toutes(juger('naissance', naissance), juger('naissanceConjoint', naissanceConjoint));
}

/** PRIMO-ELIG-02: alone, or a couple without children; shared custody and a child to come are borderline cases (AMB-025). */
function sansEnfant({ personne, parametres: { enfantsMax } }: Contexte): Decision {
  const { enfants, gardeAlternee, enfantANaitre } = personne;
  const trop = enfants > enfantsMax.valeur;
  if (trop && !gardeAlternee) {
    return non(motif('PRIMO-ELIG-02', 'enfants', `Le ménage compte ${enfantsMax.cite.valeur} au plus.`));
  }
  if (!trop && !enfantANaitre) return oui();
  const quoi = trop ? 'Garde alternée' : 'Enfant à naître';
  return aConfirmer({
    ...motif('PRIMO-ELIG-02', trop ? 'gardeAlternee' : 'enfantANaitre', `${quoi} : à confirmer.`),
    code: 'A_CONFIRMER',
  });
}

/** PRIMO-ELIG-03. */
function enRecherche({ personne }: Contexte): Decision {
  if (personne.rechercheUnLogement) return oui();
  return non(motif('PRIMO-ELIG-03', 'rechercheUnLogement', 'Le public est en recherche d’un logement.'));
}

/** PRIMO-ELIG-04: a first request for social housing, as attested (AMB-024). */
function premiereDemande({ personne }: Contexte): Decision {
  if (personne.premiereDemande) return oui();
  return non(motif('PRIMO-ELIG-04', 'premiereDemande', 'Une première demande de logement social est attestée.'));
}

function motif(regle: string, nom: Nom, message: string): Motif {
  return { code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['personne', nom] };
}

export const eligibilite = definirEligibilite<typeof champsPublic, typeof parametres>({
  a: 'Demande de logement',
  champs: champsPublic,
  regles: [
    { regle: 'PRIMO-ELIG-01', libelle: 'Moins de 30 ans, chaque membre du couple', decider: moinsDe30Ans },
    { regle: 'PRIMO-ELIG-02', libelle: 'Seul ou en couple, sans enfant', decider: sansEnfant },
    { regle: 'PRIMO-ELIG-03', libelle: 'En recherche d’un logement', decider: enRecherche },
    { regle: 'PRIMO-ELIG-04', libelle: 'Première demande de logement social', decider: premiereDemande },
  ],
});
