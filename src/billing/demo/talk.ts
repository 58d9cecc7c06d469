import type { Random } from './random.ts';
import type { Message, Ticket } from './story.ts';

interface Phrases {
  readonly asked: readonly string[];
  readonly answered: Readonly<Record<Exclude<Ticket['status'], 'new'>, readonly string[]>>;
}

const english: Phrases = {
  asked: [
    'Hello,\n\n{subject}\n\nCould you have a look? It has been like this since this morning.',
    'Hi,\n\n{subject}\n\nWhat can be done about it?\n\nThank you',
    '{subject}\n\nPlease tell me if you need anything from me.',
  ],
  answered: {
    open: [
      'Thank you for writing. A colleague is looking into it and will answer here.',
      'We can see it too and are working on it.',
    ],
    waiting: [
      'Could you tell us since when this is so, and what you see exactly?',
      'We have changed the setting. Please try again, and tell us whether it works now.',
    ],
    closed: [
      'This is done. If anything is left, answer here and the ticket opens again.',
      'Solved. Thank you for your patience.',
    ],
  },
};

const russian: Phrases = {
  asked: [
    'Здравствуйте!\n\n{subject}\n\nПосмотрите, пожалуйста.',
    'Добрый день!\n\n{subject}\n\nЧто можно сделать?\n\nСпасибо',
  ],
  answered: {
    open: ['Спасибо за обращение. Коллега уже занимается вопросом и ответит здесь.'],
    waiting: [
      'Уточните, пожалуйста, с какого времени это происходит и что именно вы видите.',
      'Мы изменили настройку. Проверьте, пожалуйста, и напишите, всё ли работает.',
    ],
    closed: ['Готово. Если что-то осталось, ответьте здесь, и обращение откроется снова.'],
  },
};

/** A question, and an answer unless the ticket is new. */
export function talk(ticket: Omit<Ticket, 'messages'>, language: string | null, random: Random): Message[] {
  const { subject, status, created, updated } = ticket;
  const { asked, answered } = language === 'ru' ? russian : english;
  const question = random.pick(asked).replace('{subject}', () => subject);
  return [
    { side: 'customer', text: question, created },
    ...(status === 'new' ? [] : [{ side: 'staff', text: random.pick(answered[status]), created: updated } as const]),
  ];
}
