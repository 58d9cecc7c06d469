/** Documents as hosting providers write them: what the readers' tests cut, damage and measure. */
export const taskbar = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="lintel.xsd" title='the provider"s schema'?>
<!-- What a customer may do at once -->
<doc xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="lintel.xsd">
  <block name="taskbar" position="top" type="toolbar">
    <toolbtn name="order" form="service.order" img="mb-basket"/>
    <toolbtn name="credit" list="payment" img="mb-money"/>
    <toolbtn name="ticket" form='ticket.edit' list='ticket' img="mb-ticket"/>
    <toolbtn name="help" window="help" url="https://docs.example.com/?lang=en&amp;topic=start" img="mb-book"/>
  </block>
</doc>
`;

export const blocks = `<doc>
\t<block name="accounts" position="left" type="list" func="account" title="Лицевые счета &#171;Алисы&#xBB;">
\t\t<toolbtn name="pay" default="yes"/>
\t\t<col name="name" type="data" sort="alpha"/><col name="balance" type="data" sort="digit"/>
\t</block>
\t<block
\t\tname="tickets" position="left" type="list" func="ticket" rows="5"
\t\ttitle="Заявки, где ждут
ответа"
\t>
\t\t<!-- 𝔘 и другие буквы -->
\t\t<col name="subject"/>
\t\t<col name="updated" type="date" sort="alpha" sorted="desc" />
\t</block>
\t<block name="services" position="right" type="list" func="service" title="Услуги 日本 🚀"></block>
</doc>`;

export const definitions = `<mgrdata>
  <metadata name="ticket" type="list" key="id" keyname="subject" level="5+">
    <query><![CDATA[
      select id, customer_id, subject, status from ticket
      where customer_id = :customer and id < 100 and status <> 'closed'
    ]]></query>
    <toolbar><toolgrp name="main">
      <toolbtn name="edit" type="edit" func="ticket.edit" img="t-edit" default="yes"/>
      <toolsep/>
      <toolbtn name="close" type="group" func="ticket.close" img="t-delete"><hide name="status" value="closed"/></toolbtn>
    </toolgrp></toolbar>
    <coldata>
      <col name="status" type="msg" sort="prop"><prop name="waiting" onimg="p-wait"/><prop name="new" onimg="p-new"/></col>
    </coldata>
  </metadata>
</mgrdata>
`.replaceAll('\n', '\r\n');

export const messages = `<mgrdata>
  <lang name="ru">
    <messages name="dashboard">
      <msg name="taskbar_order">Заказать услугу</msg>
      <msg name="title">Здравствуйте, __name__! &lt;Bob &amp; Alice&gt;</msg>
      <msg name="count">заявка<!-- one -->|заявки|<![CDATA[заявок]]> &#8212; __count__</msg>
    </messages>
  </lang>
</mgrdata>
`;

export const samples: readonly string[] = [taskbar, blocks, definitions, messages];
