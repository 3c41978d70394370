import { CardsMark, DisplayMark, ExplainMark, ListenMark, SilenceMark } from '../drawings/tool-marks.tsx';
import { LanguageButton, Tool } from './buttons.tsx';
import { useCitizen } from './use-citizen.ts';

interface ToolsProps {
  /** `tools`: among the others; `rail`: in the free place above "call staff"; `null`: not here. */
  readonly explain: 'tools' | 'rail' | null;
  readonly hasCards: boolean;
}

/** The edge of every screen, always in the same order: pictures, listen, display, language. */
export function Tools({ explain, hasCards }: ToolsProps) {
  const { model, actions, format } = useCitizen();
  const isHeard = model.voice !== 'silent';
  const hasRoom = explain === 'rail' && format !== 'portrait';
  const explainTool =
    explain && model.programme?.explain.length ? (
      <Tool
        testId="explain"
        id={hasRoom ? 'tool.explain' : 'tool.about'}
        onTap={() => actions.open({ sheet: 'explain', page: 0 })}
      >
        <ExplainMark />
      </Tool>
    ) : null;
  return (
    <>
      <nav class="tools" aria-label="ช่วยอ่าน · Display">
        {explain === 'tools' ? explainTool : null}
        {hasCards ? (
          <Tool testId="cards" id="tool.cards" onTap={() => actions.open({ sheet: 'cards', page: 0 })}>
            <CardsMark />
          </Tool>
        ) : null}
        {model.aids.audio === 'off' ? null : (
          <Tool testId="listen" id={isHeard ? 'tool.silence' : 'tool.listen'} onTap={actions.listen} isOn={isHeard}>
            {isHeard ? <SilenceMark /> : <ListenMark />}
          </Tool>
        )}
        <Tool testId="display" id="tool.display" onTap={() => actions.open({ sheet: 'display' })}>
          <DisplayMark />
        </Tool>
        <LanguageButton onChoose={actions.chooseLanguage} />
      </nav>
      {explain === 'rail' ? <nav class="rail-tool">{explainTool}</nav> : null}
    </>
  );
}
