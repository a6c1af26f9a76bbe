import { type ContexteCandidature, deciderAge } from '@sillage/dispositif-kit';
import { aConfirmer, dateEnFrancais, type Decision, Montant, type Motif, non, oui, toutes } from '@sillage/kernel';
import type { champsCandidature } from './candidature.champs.js';
import type { parametres } from './parametres.js';
import { demandeUnPoste, estExterne } from './plan.js';

type Contexte = ContexteCandidature<typeof champsCandidature, typeof parametres>;

/** FAJCO-FIN-01: what is asked for pays for what the annex details. */
export function demandeCouverteParLesDepenses({ champs }: Contexte): Decision {
  const total = Montant.somme(champs.depensesPrevues.map(({ montant }) => montant));
  if (champs.montantDemande.comparer(total) <= 0) return oui();
  return refuser(
    'FAJCO-FIN-01',
    `La participation demandée dépasse les dépenses prévues : ${total.enFrancais()}.`,
    'montantDemande',
  );
}

/** FAJCO-FIN-03: no post, unless the file says why the project is exceptional: the first half of the derogation. */
export function posteJustifie({ champs }: Contexte): Decision {
  if (!demandeUnPoste(champs.depensesPrevues) || champs.projetExceptionnel !== null) return oui();
  return refuser(
    'FAJCO-FIN-03',
    'Aucun profil de poste n’est financé : retirez-le, ou dites en quoi le projet est une innovation exceptionnelle.',
    'depensesPrevues',
  );
}

/** FAJCO-WF-06: the second half, which the DPID gives by name and with a reason, when it decides (AMB-086, AMB-123). */
export function derogationDeLaDpid({ champs }: Contexte): Decision {
  if (!demandeUnPoste(champs.depensesPrevues)) return oui();
  return alerter(
    'FAJCO-WF-06',
    'Un poste est demandé : la DPID valide, ou non, un projet exceptionnel d’innovation.',
    'depensesPrevues',
  );
}

/** FAJCO-PIECE-03: a signed quote a line that is bought from others; whoever decides may do without it (AMB-087). */
export function devisSignes({ champs }: Contexte): Decision {
  const sansDevis = champs.depensesPrevues.filter((ligne) => estExterne(ligne) && ligne.devis === null);
  if (sansDevis.length === 0) return oui();
  return alerter(
    'FAJCO-PIECE-03',
    `Sans devis signé : ${sansDevis.map(({ libelle }) => libelle).join(', ')}. Une dispense est à motiver.`,
    'depensesPrevues',
  );
}

/** FAJCO-WF-02: a trace of the contact with the SLAI of each territory; its opinion informs and does not bind (AMB-108). */
export function contactsDesSlai({ champs, territoires, nomDuTerritoire }: Contexte): Decision {
  const { contactsSlai, debutPrevu } = champs;
  const sans = territoires.filter((code) => !contactsSlai.some(({ territoire }) => territoire === code));
  const etrangers = contactsSlai.filter(({ territoire }) => !territoires.includes(territoire));
  const tardifs = contactsSlai.filter(({ le }) => le.toString() >= debutPrevu.toString());
  const defavorables = contactsSlai.filter(({ avis }) => avis === 'DEFAVORABLE');
  const noms = (lignes: typeof contactsSlai): string =>
    lignes.map(({ territoire }) => nomDuTerritoire(territoire)).join(', ');
  const champ = 'contactsSlai';
  return toutes(
    sans.length === 0
      ? oui()
      : refuser(
          'FAJCO-WF-02',
          `Prenez contact avec le SLAI de chaque territoire : ${sans.map(nomDuTerritoire).join(', ')}.`,
          champ,
        ),
    etrangers.length === 0
      ? oui()
      : refuser('FAJCO-TERR-02', `Ces territoires ne sont pas ceux de la candidature : ${noms(etrangers)}.`, champ),
    tardifs.length === 0
      ? oui()
      : refuser(
          'FAJCO-WF-02',
          `Le contact précède le début de l’action, le ${dateEnFrancais(debutPrevu)} : ${noms(tardifs)}.`,
          champ,
        ),
    defavorables.length === 0
      ? oui()
      : alerter('FAJCO-WF-02', `Avis défavorable du SLAI : ${noms(defavorables)}.`, champ),
  );
}

/** FAJCO-ELIG-08: the themes are a set. */
export function thematiquesDistinctes({ champs }: Contexte): Decision {
  const saisies = champs.thematiques.map(({ thematique }) => thematique);
  if (new Set(saisies).size === saisies.length) return oui();
  return refuser('FAJCO-ELIG-08', 'Une thématique est saisie deux fois.', 'thematiques');
}

/** FAJCO-ELIG-06: collective means two at least, an alert and nothing else (AMB-007). */
export function projetCollectif({ champs, parametres }: Contexte): Decision {
  if (champs.jeunesPrevus >= parametres.effectifMin.valeur) return oui();
  return alerter(
    'FAJCO-ELIG-06',
    `Un projet collectif réunit au moins ${parametres.effectifMin.cite.valeur} : à confirmer.`,
    'jeunesPrevus',
  );
}

/** FAJCO-ELIG-01: 18 to 25 at the deposit; the year of 25 is borderline (AMB-001, AMB-004). Below, see {@link mineursEnParcours}. */
export function agesDuPublic({ champs, parametres }: Contexte): Decision {
  const { ageMin, ageMax: max, ageMinExtension, borneHaute } = parametres;
  const ages = new Set(champs.jeunesPressentis.map(({ age }) => age));
  return toutes(
    ...[...ages].map((age) =>
      deciderAge(
        age,
        { min: age < ageMin.valeur ? ageMinExtension : ageMin, max, borneHaute },
        {
          regle: 'FAJCO-ELIG-01',
          chemin: ['champs', 'jeunesPressentis'],
        },
      ),
    ),
  );
}

/** FAJCO-ELIG-04: 16 and 17 in a validated path, with its proof; one that the text does not name is for the SLAI to accept (AMB-005). */
export function mineursEnParcours({ champs, parametres }: Contexte): Decision {
  const { ageMin, ageMinExtension, justificatifMineurs } = parametres;
  const mineurs = champs.jeunesPressentis.filter(({ age }) => age < ageMin.valeur && age >= ageMinExtension.valeur);
  const nonSuivis = mineurs.filter(
    ({ parcours, justifie }) => parcours === null || (justificatifMineurs.valeur && justifie !== true),
  );
  if (nonSuivis.length > 0) {
    return refuser(
      'FAJCO-ELIG-04',
      `Avant ${ageMin.cite.valeur}, un jeune est accompagné dans un parcours d’insertion professionnelle validé et justifié.`,
      'jeunesPressentis',
    );
  }
  if (!mineurs.some(({ parcours }) => parcours === 'AUTRE')) return oui();
  return alerter('FAJCO-ELIG-04', 'Un parcours hors de la liste est à valider par le SLAI.', 'jeunesPressentis');
}

/** FAJCO-PORT-06: from its second year on, an action shows what else pays for it (AMB-047). */
export function cofinancementDeLaSuite({ champs }: Contexte): Decision {
  if (champs.suiteDe === null || champs.cofinancements !== null) return oui();
  return refuser(
    'FAJCO-PORT-06',
    'Une action poursuivie dit les financements recherchés hors FAJ Co : le plan de cofinancement est obligatoire.',
    'cofinancements',
  );
}

/** FAJCO-CAL-03: the action ends after it begins. */
export function datesDeLAction({ champs }: Contexte): Decision {
  if (champs.finPrevue.toString() >= champs.debutPrevu.toString()) return oui();
  return non(motif('PERIODE_INVALIDE', 'FAJCO-CAL-03', 'L’action finirait avant d’avoir commencé.', 'finPrevue'));
}

function refuser(regle: string, message: string, champ: string): Decision {
  return non(motif('REGLE_NON_RESPECTEE', regle, message, champ));
}

function alerter(regle: string, message: string, champ: string): Decision {
  return aConfirmer(motif('A_CONFIRMER', regle, message, champ));
}

function motif(code: Motif['code'], regle: string, message: string, champ: string): Motif {
  return { code, message, regle, chemin: ['champs', champ] };
}
