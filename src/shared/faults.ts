/** One sentence of cause and one of mend, for the operator. The citizen never sees these. */
export interface FaultText {
  readonly cause: { readonly th: string; readonly en: string };
  readonly mend: { readonly th: string; readonly en: string };
}

const text = (causeTh: string, causeEn: string, mendTh: string, mendEn: string): FaultText => ({
  cause: { th: causeTh, en: causeEn },
  mend: { th: mendTh, en: mendEn },
});

/** Every fault code of the station, in one table. Codes are stable: servers and handbooks quote them. */
export const FAULTS = {
  // Card and reader.
  PCSC_SERVICE_DOWN: text(
    'ระบบอ่านบัตรกำลังเริ่มใหม่',
    'The card service is not answering',
    'รอสักครู่ ถ้าไม่หายให้เปิดเครื่องใหม่',
    'Wait a moment; if it stays, check that pcscd is installed and running',
  ),
  READER_MISSING: text(
    'ไม่พบเครื่องอ่านบัตร',
    'No card reader found',
    'ถอดแล้วเสียบใหม่',
    'Unplug the reader and plug it in again',
  ),
  READER_BUSY: text(
    'โปรแกรมอื่นกำลังใช้เครื่องอ่าน',
    'Another program is using the reader',
    'ปิดโปรแกรมอื่นแล้วลองใหม่',
    'Close the other program and try again',
  ),
  READER_SILENT: text(
    'เครื่องอ่านบัตรที่พอร์ตอนุกรมไม่ตอบ',
    'The card reader on the serial line does not answer',
    'ตรวจไฟเลี้ยงและสายของเครื่องอ่าน และความเร็ว card.serial.baudRate',
    "Check the reader's power and cable, and its speed (card.serial.baudRate)",
  ),
  CARD_ABSENT: text('ยังไม่มีบัตรในเครื่องอ่าน', 'No card in the reader', 'เสียบบัตร หันด้านชิปขึ้น', 'Insert a card, chip side up'),
  CARD_MUTE: text(
    'บัตรไม่ตอบสนอง',
    'The card does not answer',
    'ตรวจด้านชิปและเสียบใหม่',
    'Check the chip side and insert it again',
  ),
  CARD_REMOVED: text(
    'ดึงบัตรออกก่อนอ่านเสร็จ',
    'The card was pulled before the read ended',
    'เสียบบัตรใหม่และรอจนอ่านเสร็จ',
    'Insert it again and wait for the read to end',
  ),
  NOT_THAI_ID: text(
    'ไม่ใช่บัตรประชาชนไทย',
    'Not a Thai ID card',
    'ขอบัตรประชาชนของผู้รับบริการ',
    "Ask for the person's Thai ID card",
  ),
  CARD_PROTOCOL: text('อ่านชิปไม่สำเร็จ', 'The chip answered out of order', 'เสียบบัตรใหม่', 'Insert the card again'),
  CARD_TIMEOUT: text('หมดเวลาอ่านบัตร', 'The card read took too long', 'เสียบบัตรใหม่', 'Insert the card again'),
  DATA_INVALID: text(
    'ข้อมูลในชิปไม่สมบูรณ์',
    'The data on the chip is not sound',
    'ลองอีกครั้ง ถ้าไม่ได้ให้ทำบัตรใหม่',
    'Try once more; if it stays, the card must be renewed',
  ),
  PHOTO_UNREADABLE: text(
    'อ่านรูปในบัตรไม่ได้',
    "The card's photo cannot be read",
    'ให้เจ้าหน้าที่ตรวจใบหน้ากับบัตร',
    'Let an officer compare the face with the card',
  ),
  CARD_CHANGED: text(
    'มีการเปลี่ยนบัตรระหว่างอ่าน',
    'The card was swapped during the read',
    'เสียบบัตรใหม่',
    'Insert the card again',
  ),
  // Camera.
  CAMERA_MISSING: text(
    'ไม่พบกล้อง',
    'No camera found',
    'ตรวจสายกล้องแล้วเสียบใหม่',
    'Check the camera cable and plug it in again',
  ),
  CAMERA_BUSY: text(
    'โปรแกรมอื่นกำลังใช้กล้อง',
    'Another program is using the camera',
    'ปิดโปรแกรมอื่นแล้วลองใหม่',
    'Close the other program and try again',
  ),
  CAMERA_STALLED: text(
    'กล้องหยุดส่งภาพ',
    'The camera stopped sending pictures',
    'รอสักครู่ ระบบกำลังเริ่มกล้องใหม่',
    'Wait: the camera is being restarted',
  ),
  CAMERA_CRASHED: text(
    'กล้องปิดตัวเอง',
    'The camera process ended',
    'รอสักครู่ ระบบกำลังเริ่มกล้องใหม่',
    'Wait: the camera is being restarted',
  ),
  CAMERA_PROGRAM_MISSING: text(
    'ไม่มีโปรแกรมกล้อง',
    'The camera program is not installed',
    'เรียก ./scripts/setup',
    'Run ./scripts/setup',
  ),
  // Serial ports.
  SERIAL_MISSING: text(
    'ไม่พบอุปกรณ์ที่พอร์ตอนุกรม',
    'The serial device is not there',
    'ตรวจสายแล้วเสียบใหม่',
    'Check the cable and plug it in again',
  ),
  SERIAL_BUSY: text(
    'โปรแกรมอื่นกำลังใช้พอร์ตอนุกรม',
    'Another program is using the serial port',
    'ปิดโปรแกรมอื่นแล้วลองใหม่',
    'Close the other program and try again',
  ),
  SERIAL_DENIED: text(
    'ไม่มีสิทธิ์ใช้พอร์ตอนุกรม',
    'The station may not use the serial port',
    'ติดตั้งกฎ udev ของอุปกรณ์ หรือเพิ่มผู้ใช้ในกลุ่ม dialout',
    "Install the device's udev rule, or add the user to the group dialout",
  ),
  SERIAL_STUCK: text(
    'พอร์ตอนุกรมไม่รับข้อมูล',
    'The serial port takes no data',
    'ถอดอุปกรณ์แล้วเสียบใหม่',
    'Unplug the device and plug it in again',
  ),
  // Face-scanner module.
  SCANNER_MISSING: text(
    'ไม่พบเครื่องสแกนใบหน้า',
    'No face scanner found',
    'เสียบเครื่องสแกน หรือตั้งค่า faceScanner.path',
    'Plug it in, or set faceScanner.path',
  ),
  SCANNER_SILENT: text(
    'เครื่องสแกนใบหน้าไม่ตอบ',
    'The face scanner does not answer',
    'รอสักครู่ ถ้าไม่หายให้ถอดแล้วเสียบใหม่',
    'Wait a moment; if it stays, unplug it and plug it in again',
  ),
  SCANNER_PROTOCOL: text(
    'เครื่องสแกนใบหน้าตอบไม่ถูกต้อง',
    'The face scanner answered out of order',
    'ถอดแล้วเสียบใหม่ ถ้าไม่หายแจ้งช่าง',
    'Unplug it and plug it in again; if it stays, call the technician',
  ),
  SCANNER_FAULTY: text(
    'เครื่องสแกนใบหน้าแจ้งว่าขัดข้อง',
    'The face scanner reports a fault of its own',
    'แจ้งช่างให้ตรวจหรือเปลี่ยนเครื่องสแกน',
    'Call the technician to check or change the module',
  ),
  SCANNER_UNSAFE: text(
    'ตั้งค่าเครื่องสแกนใบหน้าให้ปลอดภัยไม่ได้',
    'The face scanner keeps unsafe settings or stored faces',
    'อย่าใช้เครื่องสแกนนี้ แจ้งช่าง',
    'Do not use this module; call the technician',
  ),
  // Panel of lamps and buttons.
  PANEL_MISSING: text(
    'ไม่พบแผงไฟและปุ่ม',
    'No panel of lamps and buttons found',
    'ทำงานต่อได้โดยใช้หน้าจอ ถ้าควรมีแผง ให้ตรวจสาย USB แล้วเสียบใหม่',
    'Work on with the screen; if a panel belongs here, check its USB cable and plug it in again',
  ),
  PANEL_BUSY: text(
    'เปิดพอร์ตของแผงไฟไม่ได้',
    'The port of the panel cannot be opened',
    'ปิดโปรแกรมอื่นที่ใช้พอร์ต หรือให้ช่างตรวจสิทธิ์ของพอร์ต',
    'Close the program that holds it, or let the technician check the rights of the port',
  ),
  PANEL_LOST: text(
    'แผงไฟและปุ่มไม่ตอบ',
    'The panel of lamps and buttons does not answer',
    'ทำงานต่อได้โดยใช้หน้าจอ ถ้าไม่หายให้เสียบสายใหม่',
    'Work on with the screen; if it stays, plug its cable in again',
  ),
  PANEL_FOREIGN: text(
    'อุปกรณ์ที่พอร์ตนี้ไม่ใช่แผงของสถานี',
    'The device at the port of the panel has other firmware',
    'ตรวจ signals.port หรือให้ช่างลงเฟิร์มแวร์ของแผง',
    "Check signals.port, or let the technician flash the panel's firmware",
  ),
  UDEV_RULES_MISSING: text(
    'ยังไม่ได้ติดตั้งกฎอุปกรณ์ของระบบ',
    'The rules that name the devices are not installed',
    'สั่ง thuengban udev แล้วบันทึกไว้ที่ /etc/udev/rules.d/70-thuengban.rules',
    'Run thuengban udev and put its output into /etc/udev/rules.d/70-thuengban.rules',
  ),
  UDEV_RULES_OLD: text(
    'กฎอุปกรณ์ของระบบไม่ตรงกับการตั้งค่า',
    'The installed device rules are not those of the present settings',
    'สั่ง thuengban udev แล้วบันทึกทับ /etc/udev/rules.d/70-thuengban.rules',
    'Run thuengban udev again and replace /etc/udev/rules.d/70-thuengban.rules',
  ),
  ENCLOSURE_OPEN: text(
    'ตู้ของสถานีเปิดอยู่',
    'The enclosure of the station is open',
    'ปิดตู้ ถ้าไม่มีใครเปิดให้ตรวจสถานีก่อนใช้ต่อ',
    'Shut it; if nobody of yours opened it, look the station over before using it',
  ),
  POWER_FAILED: text(
    'ไฟเลี้ยงกำลังจะหมด',
    'The power supply is failing',
    'ตรวจปลั๊กหรือแบตเตอรี่ ผลที่บันทึกแล้วไม่หาย',
    'Look at the plug or the battery; what was recorded is safe',
  ),
  SCANNER_OTHER_LENS: text(
    'ภาพที่ใช้เทียบไม่ได้มาจากกล้องของเครื่องสแกนใบหน้า',
    "The camera in use is not the face scanner's own lens",
    'เสียบสาย USB ของกล้องในเครื่องสแกน แล้วตรวจ faceScanner.lens',
    "Plug in the USB cable of the module's camera; check faceScanner.lens",
  ),
  // Code scanner.
  CODE_SCANNER_MISSING: text(
    'ไม่พบเครื่องสแกน QR',
    'No code scanner found',
    'ตรวจสายแล้วเสียบใหม่ ระหว่างนี้ทำงานต่อได้โดยไม่สแกน',
    'Check its cable and plug it in again; work goes on without it',
  ),
  CODE_SCANNER_BUSY: text(
    'โปรแกรมอื่นกำลังใช้เครื่องสแกน',
    'Another program is using the code scanner',
    'ปิดโปรแกรมอื่นแล้วเสียบเครื่องสแกนใหม่',
    'Close the other program and plug the scanner in again',
  ),
  CODE_SCANNER_DENIED: text(
    'ไม่มีสิทธิ์ใช้เครื่องสแกน',
    'The station may not open the code scanner',
    'ให้ช่างติดตั้งกฎจากคำสั่ง thuengban udev แล้วเสียบใหม่',
    'Let the technician install the rules of thuengban udev, then plug it in again',
  ),
  CODE_SCANNER_UNSUPPORTED: text(
    'เครื่องสแกนไม่ได้อยู่ในโหมด HID-POS',
    'The code scanner does not speak HID-POS',
    'สแกนบาร์โค้ดตั้งค่า HID-POS ในคู่มือเครื่องสแกน',
    "Scan the HID-POS set-up code in the scanner's manual",
  ),
  CODE_SCANNER_PACKAGE_MISSING: text(
    'ไม่มีโปรแกรมเครื่องสแกน',
    'The program for code scanners is not installed',
    'เรียก ./scripts/setup',
    'Run ./scripts/setup',
  ),
  // Face.
  MODEL_MISSING: text('ไม่พบไฟล์โมเดล', 'A model file is missing', 'เรียก ./scripts/setup', 'Run ./scripts/setup'),
  MODEL_CHECKSUM: text(
    'ไฟล์โมเดลไม่ตรงกับที่กำหนด',
    'A model file is not the pinned one',
    'ลบไฟล์นั้นแล้วเรียก ./scripts/setup',
    'Delete that file and run ./scripts/setup',
  ),
  CALIBRATION_TOO_SMALL: text(
    'ภาพหรือจำนวนคนไม่พอสำหรับกำหนดเกณฑ์',
    'Too few people or comparisons to calibrate with',
    'เพิ่มภาพของคนอื่น หรือยอมให้อัตราผิดพลาดสูงขึ้นด้วย --fmr',
    'Add people, or ask for a higher false match rate with --fmr',
  ),
  MODEL_MISMATCH: text(
    'โมเดลไม่ตรงกับรายการโมเดล',
    'A model is not what the manifest says it is',
    'แก้รายการของโมเดลนั้นใน manifest.json ตามข้อความ',
    'Mend its entry in manifest.json as the message says',
  ),
  MANIFEST_INVALID: text(
    'รายการโมเดลไม่ถูกต้อง',
    'The model manifest is not valid',
    'แก้ models/manifest.json ตามข้อความ',
    'Mend models/manifest.json as the message says',
  ),
  FACE_ENGINE: text('ระบบเปรียบเทียบใบหน้าขัดข้อง', 'The face engine failed', 'เปิดสถานีใหม่', 'Restart the station'),
  IMAGE_UNREADABLE: text(
    'อ่านไฟล์ภาพไม่ได้',
    'The picture cannot be read',
    'ใช้ไฟล์ JPEG หรือ PNG อื่น',
    'Use another JPEG or PNG file',
  ),
  // Store, settings, link.
  CONFIG_INVALID: text(
    'ไฟล์ตั้งค่าไม่ถูกต้อง',
    'The settings file is not valid',
    'แก้ไฟล์ตามข้อความ หรือใช้สำเนา .bak',
    'Mend the file as the message says, or restore the .bak copy',
  ),
  DISK_LOW: text(
    'พื้นที่เก็บข้อมูลใกล้เต็ม',
    'The disk is nearly full',
    'ส่งข้อมูลขึ้นระบบหรือแจ้งช่าง',
    'Connect the station to send its results, or call the technician',
  ),
  STORE_VOLATILE: text(
    'ผลถูกเก็บในหน่วยความจำชั่วคราว จะหายเมื่อปิดเครื่อง',
    'Results lie in memory or on an overlay and are gone at power-off',
    'ให้ช่างย้ายโฟลเดอร์ข้อมูลไปพาร์ทิชันของตัวเอง (hardware/pi.md)',
    'Let the technician put the data folder on a partition of its own (hardware/pi.md)',
  ),
  DISK_FULL: text(
    'พื้นที่เก็บข้อมูลเต็ม',
    'The disk is full',
    'หยุดรับบริการและแจ้งช่าง',
    'Take no new visits and call the technician',
  ),
  JOURNAL_CORRUPT: text(
    'สมุดบันทึกเสียหาย',
    'The journal is damaged',
    'อย่าลบไฟล์ แจ้งช่าง',
    'Delete nothing; call the technician',
  ),
  BROKER_UNREACHABLE: text(
    'ยังส่งข้อมูลไม่ได้',
    'The broker cannot be reached',
    'ทำงานต่อได้ ข้อมูลจะส่งเมื่อมีเครือข่าย',
    'Work on: results are kept and sent when the network is back',
  ),
  BROKER_REFUSED: text(
    'เซิร์ฟเวอร์ไม่รับข้อมูล',
    'The broker refuses the station',
    'แจ้งช่างให้ตรวจสิทธิ์ของสถานี',
    "Call the technician to check the station's rights",
  ),
  CLOCK_UNSYNCED: text(
    'นาฬิกายังไม่ตรง',
    'The clock is not synchronised',
    'ทำงานต่อได้ วันหมดอายุบัตรจะถูกตรวจที่เซิร์ฟเวอร์',
    'Work on: the expiry of cards is judged by the server; connect to a network to set the clock',
  ),
  PORT_TAKEN: text(
    'พอร์ตถูกใช้อยู่',
    'The port is taken',
    'ปิดโปรแกรมที่ใช้พอร์ต หรือตั้งค่า kiosk.port',
    'Stop the program that holds it, or set kiosk.port',
  ),
  SIMULATOR_UNAVAILABLE: text(
    'ใช้ตัวจำลองนี้ที่เครื่องนี้ไม่ได้',
    'This simulator cannot run on this machine',
    'ติดตั้งสิ่งที่ข้อความบอก (./scripts/setup --test)',
    'Install what the message names (./scripts/setup --test)',
  ),
  USAGE: text('คำสั่งไม่ถูกต้อง', 'The command is not valid', 'ดู --help', 'See --help'),
  INTERNAL: text(
    'โปรแกรมขัดข้อง',
    'The program failed',
    'เปิดสถานีใหม่และแจ้งช่าง',
    'Restart the station and tell the technician',
  ),
  // Keys and what is kept with them.
  TRUST_MISSING: text(
    'สถานีนี้ยังไม่มีกุญแจสาธารณะของเซิร์ฟเวอร์ จึงยังรับบริการไม่ได้',
    "The server's public keys are missing, so personal data cannot be sealed and no visit is taken",
    'ให้ช่างสั่ง thuengban identity trust ด้วยไฟล์ trust.json จากเซิร์ฟเวอร์ แล้วเปิดสถานีใหม่',
    "Let the technician run thuengban identity trust with the server's trust.json, then restart the station",
  ),
  JOURNAL_LOW: text(
    'สมุดบันทึกใกล้เต็ม',
    'The journal is more than 80 % full',
    'ต่อเครือข่ายเพื่อส่งผล หรือให้ช่างส่งออกด้วย thuengban journal export',
    'Connect the station so that results leave it, or let the technician run thuengban journal export',
  ),
  JOURNAL_FULL: text(
    'สมุดบันทึกเต็ม จึงหยุดรับบริการใหม่',
    'The journal is more than 95 % full: no new visit is taken',
    'ส่งผลขึ้นระบบ หรือให้ช่างเพิ่ม journal.maxBytes',
    'Let results leave the station, or let the technician raise journal.maxBytes',
  ),
  JOURNAL_SET_ASIDE: text(
    'สมุดบันทึกเดิมเสียหายหรือถูกย้อนกลับ จึงเก็บแยกไว้และเริ่มเล่มใหม่',
    'A journal was damaged, rolled back or of an older version; it was set aside and a new one begun',
    'อย่าลบสิ่งใด ให้ช่างสั่ง thuengban journal recover แล้วส่งผลที่กู้ได้ให้เซิร์ฟเวอร์',
    'Delete nothing; let the technician run thuengban journal recover and hand the export to the server',
  ),
  // TLS to the broker, and the word of the server.
  TLS_SETUP_INVALID: text(
    'ตั้งค่า TLS ของสถานีไม่ถูกต้อง',
    'The files for TLS are missing or not valid',
    'ให้ช่างตรวจ uplink.tls และไฟล์ที่ข้อความบอก',
    'Let the technician check uplink.tls and the file that the message names',
  ),
  CLOCK_WRONG: text(
    'นาฬิกาของสถานีผิด จึงเชื่อมต่ออย่างปลอดภัยไม่ได้',
    "The station's clock is wrong, so that no certificate can be judged",
    'ตั้งวันเวลาให้ถูก (timedatectl) ผลที่บันทึกแล้วไม่หายและจะส่งเอง',
    'Set date and time (timedatectl); results are kept and sent by themselves afterwards',
  ),
  BROKER_CERTIFICATE_EXPIRED: text(
    'ใบรับรองของเซิร์ฟเวอร์หมดอายุ',
    "The broker's certificate has expired",
    'แจ้งผู้ดูแลเซิร์ฟเวอร์ให้ต่ออายุ ที่สถานีไม่ต้องทำอะไร',
    'Tell the operator of the broker to renew it; nothing is to be done at the station',
  ),
  BROKER_CERTIFICATE_UNTRUSTED: text(
    'ใบรับรองของเซิร์ฟเวอร์เชื่อถือไม่ได้',
    "The broker's certificate is not from the authority that the station trusts, or is another machine's",
    'อย่าเชื่อมต่อต่อ ให้ช่างตรวจ uplink.url และ uplink.tls.caFile หรือเครือข่ายที่ใช้',
    'Let the technician check uplink.url and uplink.tls.caFile, or who is on the network',
  ),
  BROKER_TLS_TOO_OLD: text(
    'เซิร์ฟเวอร์ไม่รองรับ TLS 1.3',
    'The broker does not speak TLS 1.3',
    'แจ้งผู้ดูแลเซิร์ฟเวอร์ให้เปิด TLS 1.3',
    'Tell the operator of the broker to switch TLS 1.3 on',
  ),
  STATION_CERTIFICATE_EXPIRED: text(
    'ใบรับรองของสถานีหมดอายุ',
    "The station's certificate has expired",
    'ให้ช่างขอใบรับรองใหม่ ผลที่บันทึกแล้วไม่หาย',
    'Let the technician fetch a new one; results are kept meanwhile',
  ),
  STATION_CERTIFICATE_REFUSED: text(
    'เซิร์ฟเวอร์ไม่เชื่อใบรับรองของสถานี',
    "The broker does not believe the station's certificate: revoked, or of another authority",
    'แจ้งช่างให้ตรวจทะเบียนสถานีและใบรับรอง',
    'Let the technician check the register of stations and the certificate',
  ),
  LINK_MEMORY_BROKEN: text(
    'ไฟล์ที่จำเลขคำสั่งของเซิร์ฟเวอร์เสีย',
    "The file with the numbers of the server's commands is broken",
    'ทำงานต่อได้ คำสั่งจากเซิร์ฟเวอร์จะถูกปฏิเสธจนกว่าช่างจะลบไฟล์ link.json',
    "Work on; the server's commands are refused until the technician removes link.json",
  ),
  // Hub.
  HUB_DATABASE_BUSY: text(
    'ฐานข้อมูลนี้ถูกโปรแกรมอื่นใช้อยู่',
    'Another program has this database folder',
    'หยุดโปรแกรมนั้นก่อน หรือใช้ PostgreSQL ซึ่งหลายโปรแกรมใช้พร้อมกันได้',
    'Stop that program first, or use PostgreSQL, which serves many at once',
  ),
  HUB_DATABASE_AWAY: text(
    'ติดต่อฐานข้อมูลไม่ได้',
    'The database cannot be reached',
    'ตรวจว่า PostgreSQL ทำงาน และที่อยู่ใน --db ถูกต้อง ข้อความที่ยังไม่บันทึกรออยู่ที่ broker',
    'See that PostgreSQL runs and that --db is right; what is not committed waits at the broker',
  ),
  HUB_KEYS: text(
    'ใช้กุญแจของเซิร์ฟเวอร์ไม่ได้',
    "A key of the server's cannot be used",
    'สั่ง thuengban hub keys --dir DIR หรือแก้สิทธิ์ของไฟล์ตามข้อความ',
    "Run thuengban hub keys --dir DIR, or mend the file's rights as the message says",
  ),
  HUB_REGISTER: text(
    'ทะเบียนสถานีไม่ถูกต้อง',
    'The register of stations does not allow this',
    'ตรวจเอกสารจาก thuengban identity show --json ของสถานี และชื่อสถานี',
    "Check the station's document (thuengban identity show --json) and its name",
  ),
  STICK_FAILED: text(
    'เขียนลงแฟลชไดรฟ์ไม่ได้',
    'The stick cannot be written',
    'เสียบใหม่หรือใช้อันอื่น แล้วสั่งซ้ำ ส่วนที่เขียนแล้วใช้ต่อได้',
    'Plug it in again or take another one, and repeat: what was written counts',
  ),
  HUB_ORDERS: text(
    'ทำใบงานไม่ได้',
    'This work order cannot be made',
    'แก้ไฟล์ตามข้อความ และให้สถานีส่งเอกสารจาก thuengban identity show --json มาลงทะเบียนใหม่ถ้ายังไม่มีกุญแจรับ',
    "Mend the file as the message says; where the receiving key is missing, register the station's newer document (thuengban identity show --json)",
  ),
  // Work orders.
  ORDERS_REFUSED: text(
    'ใบงานใช้ไม่ได้',
    'The work order is not taken over',
    'ขอใบงานใหม่ของสถานีนี้จากอำเภอ งานเดิมใช้ต่อได้',
    'Ask the district for a new one for this station; what was there goes on',
  ),
  ORDERS_UNREACHABLE: text(
    'ดึงใบงานจากเซิร์ฟเวอร์ไม่ได้',
    'The work order cannot be fetched',
    'ทำงานต่อได้ สถานีจะลองใหม่เอง หรือรับใบงานจากแฟลชไดรฟ์หรือคิวอาร์',
    'Work on; the station tries again by itself, or take it from a stick or a QR code',
  ),
  ORDERS_BROKEN: text(
    'ไฟล์ใบงานในเครื่องเสีย',
    "A kept work order's file is broken",
    'รับใบงานใหม่จากเซิร์ฟเวอร์หรือแฟลชไดรฟ์ ผลที่บันทึกแล้วไม่หาย',
    'Take it over anew from the server or a stick; results that were recorded are not touched',
  ),
  STICK_MISSING: text(
    'ไม่พบแฟลชไดรฟ์',
    'No stick is plugged in',
    'เสียบแฟลชไดรฟ์แล้วลองใหม่ รายชื่อไม่เก็บไว้ในเครื่อง',
    'Plug a stick in and try again; a list of names is not kept on the station',
  ),
  STICK_READ_ONLY: text(
    'แฟลชไดรฟ์เขียนไม่ได้ อ่านได้อย่างเดียว',
    'The stick cannot be written to, only read',
    'เลื่อนสวิตช์กันเขียนที่ตัวแฟลชไดรฟ์ หรือใช้อันอื่น แล้วลองใหม่ ผลที่บันทึกแล้วไม่หาย',
    'Slide its write lock open or take another stick, then try again; results that were recorded are not touched',
  ),
  // Paper.
  LETTERS_MISSING: text(
    'ไม่พบแบบตัวอักษรสำหรับพิมพ์',
    'The letters for printing are missing',
    'ติดตั้งโปรแกรมใหม่ให้ครบ ระหว่างนี้ให้จดเลขที่ใบรับ',
    'Install the program again in full; meanwhile write the receipt code down by hand',
  ),
  PRINTER_MISSING: text(
    'ไม่พบเครื่องพิมพ์',
    'The printer is not there',
    'เสียบสายและเปิดเครื่องพิมพ์ ระหว่างนี้ให้ถ่ายรูป QR บนจอหรือจดเลขที่ใบรับ',
    'Plug it in and switch it on; meanwhile photograph the QR on the screen or write the code down',
  ),
  PRINTER_PAPER_OUT: text(
    'กระดาษหมด',
    'The printer is out of paper',
    'ใส่กระดาษม้วนใหม่ แล้วพิมพ์อีกครั้ง',
    'Put a new roll in, then print again',
  ),
  PRINTER_COVER_OPEN: text(
    'ฝาเครื่องพิมพ์เปิดอยู่',
    "The printer's cover is open",
    'ปิดฝาให้สนิท แล้วพิมพ์อีกครั้ง',
    'Shut it, then print again',
  ),
  PRINTER_STUCK: text(
    'เครื่องพิมพ์ไม่ตอบหรือกระดาษติด',
    'The printer does not take what is sent, or paper is jammed',
    'เปิดฝา ดึงกระดาษที่ติดออก ปิดแล้วเปิดเครื่องใหม่',
    'Open it, take jammed paper out, switch it off and on',
  ),
  PRINTER_DENIED: text(
    'โปรแกรมไม่มีสิทธิ์ใช้เครื่องพิมพ์',
    'The program may not use the printer',
    'ให้ช่างติดตั้งกฎ udev ด้วย thuengban udev',
    'Let the technician install the udev rules (thuengban udev)',
  ),
} as const satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof FAULTS;
