import type { RegleNonCalculable } from '@sillage/dispositif-kit';

/** Rules of the text that nothing in the software can hold (docs/regles.md, section 8). */
export const nonCalculables: readonly RegleNonCalculable[] = [
  {
    regle: 'ASE-ELIG-05',
    pourquoi: 'Refuser ou accepter le contrat jeune majeur n’exclut personne : il n’y a rien à vérifier.',
  },
  {
    regle: 'ASE-WF-01',
    pourquoi:
      'Le repérage se fait dans les services de l’ASE, avant toute saisie ici ; il se comptera quand la prescription sera saisie sur la plateforme.',
  },
  {
    regle: 'ASE-WF-02',
    pourquoi:
      'L’orientation et ses objectifs se traitent en rendez-vous ; le délai du rendez-vous est calculé, ses étapes le seront avec la prescription.',
  },
  {
    regle: 'ASE-WF-05',
    pourquoi:
      'L’interlocuteur principal se dira quand le refus d’un contrat jeune majeur sera saisi dans le parcours d’un jeune.',
  },
  {
    regle: 'ASE-WF-09',
    pourquoi: 'L’automate demande un parcours suivi jeune par jeune, que la plateforme n’a pas encore.',
  },
  {
    regle: 'ASE-WF-04',
    pourquoi: 'Le binôme du coordo et du référent ASE est une manière de travailler, que personne ne mesure.',
  },
  {
    regle: 'ASE-QUAL-01',
    pourquoi: 'L’accueil inconditionnel et le choix du lieu de chaque entretien se vivent entre le coordo et le jeune.',
  },
  {
    regle: 'ASE-QUAL-02',
    pourquoi: 'Les domaines de l’autonomie bornent l’accompagnement de chacun, sans quantité ni seuil.',
  },
  {
    regle: 'ASE-QUAL-05',
    pourquoi: 'Les fragilités à la majorité sont le constat qui motive l’appel à projets, sans critère à vérifier.',
  },
  {
    regle: 'ASE-DATA-02',
    pourquoi: 'Ce sont les lois citées en référence : elles ne demandent rien de plus que le texte.',
  },
];
