import { useState } from 'preact/hooks';
import { both } from '../../i18n/text.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Found } from '../people/found.tsx';
import { iconOf, ON_PAPER, type Why } from '../people/quick.ts';
import { RecordSheet } from '../people/record-sheet.tsx';
import { useDesk, useScanned } from '../use-desk.ts';

/** A sheet that was filled in while the station was dead: its number, whose it is, what it says. */
export function PaperForm() {
  const t = useText();
  const desk = useDesk();
  const [serial, setSerial] = useState('');
  const [text, setText] = useState('');
  const [person, setPerson] = useState<{ readonly entry: string; readonly name: string } | null>(null);
  const [why, setWhy] = useState<Why | null>(null);
  useScanned((what) => {
    if (what.kind === 'person') setPerson({ entry: what.entry, name: '' });
  });
  const done = () => {
    setSerial('');
    setText('');
    setPerson(null);
    desk.notice.value = { tone: 'done', words: both('common.saved') };
  };
  const form = serial.trim();
  return (
    <div class="form">
      <PageHead title={t('form.main')} />
      <label>
        {t('form.serial')}
        <input
          maxLength={32}
          autocomplete="off"
          data-testid="serial"
          placeholder={t('form.serial-help')}
          value={serial}
          onInput={({ currentTarget }) => setSerial(currentTarget.value)}
        />
      </label>
      {form && !person ? (
        <>
          <label>
            {t('form.find')}
            <input
              type="search"
              autocomplete="off"
              data-testid="form-find"
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          {text.trim() ? <Found text={text.trim()} onChoose={(entry, name) => setPerson({ entry, name })} /> : null}
        </>
      ) : null}
      {form && person ? (
        <section class="card">
          <h2>
            {t('form.tag', { n: form })} · {person.name}
          </h2>
          <button type="button" class="tool" onClick={() => setPerson(null)}>
            {t('sign.other')}
          </button>
          <p class="label">{t('form.outcome')}</p>
          <div class="tiles">
            {ON_PAPER.map((one) => (
              <button type="button" key={one} class="choice" data-why={one} onClick={() => setWhy(one)}>
                <Icon name={iconOf(one)} />
                {t(`why.${one}`)}
              </button>
            ))}
          </div>
        </section>
      ) : null}
      {person && why ? (
        <RecordSheet entry={person.entry} why={why} form={form} onRecorded={done} onClose={() => setWhy(null)} />
      ) : null}
    </div>
  );
}
